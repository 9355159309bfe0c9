package org.goaway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.goaway.internal.wire.value.CorruptException;
import org.junit.jupiter.api.Test;

class MessageCodecTest {

    enum Phase {
        IDLE,
        BUSY
    }

    sealed interface Step permits Put, Clear {}

    @SuppressWarnings("ArrayRecordComponent") // as messages have
    record Put(String field, byte[] value) implements Step {}

    record Clear() implements Step {}

    record Id(long high, long low) {}

    record Carrier(Put put, Id id) {}

    record Numbers(byte a, short b, char c, int d, long e, float f, double g, boolean h) {}

    record Boxes(Byte a, Short b, Character c, Integer d, Long e, Float f, Double g, Boolean h) {}

    record Named(Id id, String name) {}

    record Group(List<Named> parts) {}

    record Tree(String name, List<Tree> children) {}

    record Whole(
            Id id,
            Phase phase,
            Step step,
            List<Step> steps,
            Set<Id> ids,
            Map<String, Map<Phase, List<Long>>> nested,
            Optional<Id> maybe,
            BigInteger large,
            Numbers numbers,
            Boxes boxes) {}

    record Unregistered(Thread thread) {}

    private static final Map<Class<?>, Function<Random, ?>> MAKERS =
            Map.of(BigInteger.class, random -> BigInteger.valueOf(random.nextLong()));

    private final MessageCodec codec = MessageCodec.builder()
            .type(1, Put.class)
            .type(2, Clear.class)
            .type(20, Carrier.class)
            .type(3, Id.class)
            .type(4, Numbers.class)
            .type(200, Boxes.class)
            .type(5, Tree.class)
            .type(6, Whole.class)
            .type(8, Named.class)
            .type(9, Group.class)
            .recurs(Id.class)
            .scalar(7, BigInteger.class, BigInteger::toByteArray, BigInteger::new)
            .build();

    @Test
    void shouldCarryEveryType() {
        new MessageCodecCheck(codec, MAKERS, 1).assertCarriesEveryType();
    }

    @Test
    void shouldAnswerDamageWithOneExceptionKind() {
        new MessageCodecCheck(codec, MAKERS, 2).assertAnswersDamageWithOneExceptionKind(20_000, 3);
    }

    @Test
    @SuppressWarnings("NullOptional") // null is allowed everywhere
    void shouldCarryNullsEverywhere() {
        Whole empty = new Whole(null, null, null, null, null, null, null, null, null, null);
        Boxes boxes = new Boxes(null, null, null, null, null, null, null, null);
        Whole inner = new Whole(
                null,
                null,
                new Clear(),
                Arrays.asList(null, new Clear()),
                Set.of(),
                Map.of(),
                Optional.empty(),
                null,
                null,
                boxes);

        assertThat(codec.decode(codec.encode(empty))).isEqualTo(empty);
        assertThat(codec.decode(codec.encode(inner))).isEqualTo(inner);
    }

    @Test
    void shouldTakeFewBytes() {
        assertThat(codec.encode(new Id(1, -1))).hasSize(3);
        assertThat(codec.encode(new Id(Long.MAX_VALUE, Long.MIN_VALUE))).hasSize(19);
        assertThat(codec.encode(new Put("field", null))).hasSize(8);
    }

    @Test
    void shouldTakeAByteForARecordThatRecurs() {
        Id id = new Id(Long.MAX_VALUE, Long.MIN_VALUE);
        Group group = new Group(List.of(
                new Named(id, "a"),
                new Named(new Id(Long.MAX_VALUE, Long.MIN_VALUE), "b"),
                new Named(null, "c"),
                new Named(id, "d"),
                new Named(new Id(1, 2), "e"),
                new Named(id, "f")));

        byte[] bytes = codec.encode(group);
        Group read = (Group) codec.decode(bytes);

        assertThat(read).isEqualTo(group);
        assertThat(read.parts().get(1).id()).isSameAs(read.parts().get(0).id());
        assertThat(read.parts().get(3).id()).isSameAs(read.parts().get(0).id());
        // the group's id and size; for each part that it is there, its name and how its id is told; three whole ids
        assertThat(bytes).hasSize(2 + 6 * 4 + 18 + 2 + 18);
    }

    @Test
    void shouldRefuseARecordThatIsTheSameAsNone() {
        byte[] bytes = codec.encode(new Carrier(null, new Id(1, 2)));
        assertThat(bytes[2]).isEqualTo((byte) 1);
        byte[] same = {bytes[0], bytes[1], 2};

        assertThatThrownBy(() -> codec.decode(same))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("is the first");
    }

    @Test
    void shouldCarryStringsThatHaveNoUtf8Form() {
        for (String text :
                List.of("", "a\ud800", "\udc00\ud800", "\u00e4", "x".repeat(1000), "\u20ac".repeat(100) + '\ud800')) {
            assertThat(codec.decode(codec.encode(new Tree(text, null)))).isEqualTo(new Tree(text, null));
        }
    }

    @Test
    @SuppressWarnings("NullOptional") // null is allowed everywhere
    void shouldRefuseAnEnumOutOfRange() {
        byte[] bytes = codec.encode(new Whole(null, Phase.BUSY, null, null, null, null, null, null, null, null));
        assertThat(bytes[2]).isEqualTo((byte) 2);
        bytes[2] = 3;

        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("Phase has no constant at 2");
    }

    @Test
    void shouldRefuseAMessageThatNestsWithoutEnd() {
        byte[] bytes = new byte[10_000];
        // a tree without a name and with one child, over and over
        for (int i = 1; i + 2 < bytes.length; i += 3) {
            bytes[i + 1] = 2;
            bytes[i + 2] = 1;
        }
        bytes[0] = 5;

        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("deeper");
    }

    @Test
    void shouldNameTheComponentThatCannotBeEncoded() {
        assertThatThrownBy(
                        () -> MessageCodec.builder().type(1, Unregistered.class).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Unregistered.thread")
                .hasMessageContaining("java.lang.Thread");
    }

    @Test
    void shouldNameThePermittedRecordThatIsNotRegistered() {
        record Holder(Step step) {}

        assertThatThrownBy(() -> MessageCodec.builder()
                        .type(1, Holder.class)
                        .type(2, Put.class)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Holder.step")
                .hasMessageContaining("Clear");
    }

    @Test
    void shouldRefuseAnIdThatIsTaken() {
        assertThatThrownBy(() -> MessageCodec.builder().type(1, Put.class).type(1, Clear.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id 1");
    }

    @Test
    void shouldRefuseATypeThatIsSaidTwiceToRecur() {
        MessageCodec.Builder builder = MessageCodec.builder().type(1, Id.class).recurs(Id.class);
        assertThatThrownBy(() -> builder.recurs(Id.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Id is said twice");
    }

    @Test
    void shouldSayThatATypeIsInNoTable() {
        assertThatThrownBy(() -> codec.encode(new Unregistered(null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("register it");
    }

    @Test
    void shouldTakeLittleMoreMemoryThanTwoCopiesOfLargeValue() {
        int size = 16 << 20;
        Carrier message = new Carrier(new Put("x", new byte[size]), new Id(1, Long.MAX_VALUE));
        byte[] unused = codec.encode(new Carrier(null, null)); // what is made once

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        byte[] encoded = codec.encode(message);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(encoded).hasSizeGreaterThan(size);
        assertThat(allocated).isLessThan(size * 9L / 4);
    }
}
