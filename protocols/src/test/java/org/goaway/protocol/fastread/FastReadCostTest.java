package org.goaway.protocol.fastread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Answer.Result;
import org.goaway.protocol.Fence;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;
import org.goaway.protocol.fastread.FastReadMessage.Ack;
import org.goaway.protocol.fastread.FastReadMessage.Done;
import org.goaway.protocol.fastread.FastReadMessage.Lock;
import org.goaway.protocol.fastread.FastReadMessage.LockAll;
import org.goaway.protocol.fastread.FastReadMessage.Resolve;
import org.goaway.protocol.fastread.FastReadMessage.SnapshotPart;
import org.goaway.protocol.fastread.FastReadMessage.Update;
import org.goaway.protocol.fastread.FastReadMessage.Write;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.ShortNumbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of PROTOCOLS.md 2.7: the messages and the hops of each operation, in clusters of one to seven members. */
class FastReadCostTest {

    private static final ObjectId OBJECT = new ObjectId(ObjectId.Kind.FAST_READ, "object");
    private static final ObjectId LOCK = new ObjectId(ObjectId.Kind.LOCK, "lock");
    private static final Value ONE = ShortNumbers.value(1);
    private static final Value TWO = ShortNumbers.value(2);
    private static final Duration HOP = Duration.ofMillis(10);
    /** Longer than an operation takes, shorter than anything waits before it repeats itself. */
    private static final Duration SOON = HOP.multipliedBy(8);

    /** A cluster whose object has the field {@code x} = 1 of version {@code <1,1>}, and the messages since then. */
    private static final class Members {

        private final LocalCluster cluster;
        private final Map<MemberId, FastRead> all;
        private final MemberId home;

        Members(int size) {
            cluster = new LocalCluster(size, 1);
            cluster.firewall().delay(HOP, HOP);
            all = cluster.install((self, transport, clock) -> new FastRead(
                    self,
                    transport,
                    clock,
                    new ShortNumbers(),
                    (object, field, value) -> {},
                    () -> true,
                    new Limits(Duration.ofSeconds(2), Duration.ofSeconds(10), 1 << 30)));
            home = cluster.epoch().home(OBJECT);
            var unused = all.get(home).write(OBJECT, new Operation.Set("x", ONE));
            cluster.run(SOON);
            cluster.forgetSent();
        }

        FastRead home() {
            return all.get(home);
        }

        FastRead other() {
            return all.get(others().get(0));
        }

        List<MemberId> others() {
            return cluster.members().stream()
                    .filter(member -> !member.equals(home))
                    .toList();
        }

        /** Fails unless the operation ends so at {@code member}, after so many hops. */
        void assertEnds(FastRead member, Operation operation, Result result, int hops) {
            long begun = cluster.now();
            CompletableFuture<Answer> answer = member.write(OBJECT, operation, new Fence(LOCK, 1));
            assertThat(cluster.runUntil(answer::isDone, SOON)).isTrue();
            assertThat(answer.join().result()).isEqualTo(result);
            assertThat(Duration.ofNanos(cluster.now() - begun)).isEqualTo(HOP.multipliedBy(hops));
            cluster.run(SOON);
        }

        @SafeVarargs
        final void assertSentToAllOthers(Class<? extends Message>... types) {
            for (Class<? extends Message> type : types) {
                assertThat(cluster.sent(type)).as(type.getSimpleName()).isEqualTo(all.size() - 1);
            }
        }
    }

    private static Stream<Operation> changing() {
        return Stream.of(
                new Operation.Set("x", TWO),
                new Operation.Set("x", null),
                new Operation.CompareAndSet("x", ONE, TWO),
                new Operation.SetIf("x", new Version(1, 1), TWO),
                new Operation.Add("x", 1),
                new Operation.Clear());
    }

    private static Stream<Operation> refused() {
        return Stream.of(new Operation.CompareAndSet("x", TWO, ONE), new Operation.SetIf("x", Version.NONE, TWO));
    }

    @ParameterizedTest
    @MethodSource("changing")
    void shouldTakeOneRoundTripAndThreeMessagesForEachOtherMemberAtHome(Operation operation) {
        for (int size : new int[] {2, 3, 5, 7}) {
            Members members = new Members(size);
            members.assertEnds(members.home(), operation, Result.DONE, 2);
            members.assertSentToAllOthers(Lock.class, Ack.class, Update.class);
            assertThat(members.cluster.sent()).isEqualTo(3 * (size - 1));
        }
    }

    @ParameterizedTest
    @MethodSource("changing")
    void shouldTakeTwoRoundTripsAndOneMessageMoreElsewhere(Operation operation) {
        for (int size : new int[] {2, 3, 5, 7}) {
            Members members = new Members(size);
            members.assertEnds(members.other(), operation, Result.DONE, 4);
            members.assertSentToAllOthers(Lock.class, Ack.class, Update.class);
            assertThat(members.cluster.sent(Write.class)).isEqualTo(1);
            assertThat(members.cluster.sent()).isEqualTo(3 * (size - 1) + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("changing")
    void shouldSendNothingInAClusterOfOne(Operation operation) {
        Members members = new Members(1);
        members.assertEnds(members.home(), operation, Result.DONE, 0);
        assertThat(members.cluster.sent()).isZero();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldAnswerWhatChangesNothingWithoutARound(Operation operation) {
        Members members = new Members(5);
        // The first write under a lock brings its token to all, whatever else it does.
        members.assertEnds(members.home(), new Operation.Set("x", ONE), Result.DONE, 2);
        members.cluster.forgetSent();
        members.assertEnds(members.home(), operation, Result.REFUSED, 0);
        assertThat(members.cluster.sent()).isZero();
        members.assertEnds(members.other(), operation, Result.REFUSED, 2);
        assertThat(members.cluster.sent(Write.class)).isEqualTo(1);
        assertThat(members.cluster.sent(Done.class)).isEqualTo(1);
        assertThat(members.cluster.sent()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7})
    void shouldReadWithoutAMessageAnywhere(int size) {
        Members members = new Members(size);
        members.all.values().forEach(member -> {
            assertThat(member.replica(OBJECT).read("x").value()).isEqualTo(ONE);
            assertThat(member.readable(OBJECT, "x")).isCompleted();
        });
        members.cluster.run(SOON);
        assertThat(members.cluster.sent()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 7})
    void shouldCommitQueuedWritesOfAnotherMemberInOneRound(int size) {
        Members members = new Members(size);
        var first = members.home().write(OBJECT, new Operation.Add("n", 1));
        IntStream.range(0, 20).forEach(number -> {
            var unused = members.other().write(OBJECT, new Operation.Add("n", 1));
        });
        members.cluster.run(SOON);
        assertThat(first).isCompleted();
        assertThat(members.home().replica(OBJECT).read("n").value()).isEqualTo(ShortNumbers.value(21));
        assertThat(members.cluster.sent()).isEqualTo(20 + 2 * 3 * (size - 1));
    }

    /** It is long on its way, and they go on asking. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void shouldSendAnObjectOnceToEachForAnEpochThatFindsItLocked(int size) {
        Members members = new Members(size);
        members.cluster.firewall().drop(Ack.class, 1);
        Value large = Value.of(new byte[30_000_000]);
        var locked = members.home().write(OBJECT, new Operation.Set("x", large));
        members.cluster.run(SOON);
        members.cluster.firewall().heal();
        Duration slow = Duration.ofMillis(1500);
        members.cluster.firewall().delay(LockAll.class, slow, slow);
        members.cluster.forgetSent();
        MemberId lost = members.others().get(0);
        members.cluster.crash(lost);
        members.cluster.register().drop(lost);
        assertThat(members.cluster.runUntil(locked::isDone, Duration.ofSeconds(3)))
                .isTrue();
        assertThat(members.cluster.sent(LockAll.class)).isEqualTo(size - 2);
        assertThat(members.cluster.sent(Resolve.class)).isGreaterThanOrEqualTo(3 * (size - 2));
        assertThat(members.cluster.sent(Update.class)).isEqualTo(size - 2);
    }

    /** A joiner lacks it, and asks again for each copy of LOCK. */
    @Test
    void shouldSendAnObjectOnceToOneThatLacksWhatARoundBuildsOn() {
        Members members = new Members(3);
        Value large = Value.of(new byte[30_000_000]);
        var before = members.home().write(OBJECT, new Operation.Set("large", large));
        members.cluster.run(SOON);
        assertThat(before).isCompleted();
        Duration slow = Duration.ofMillis(1500);
        Duration slower = Duration.ofMillis(600);
        members.cluster
                .firewall()
                .drop(SnapshotPart.class, 1)
                .delay(LockAll.class, slow, slow)
                .delay(Lock.class, slower, slower);
        members.cluster.register().add(members.cluster.enter());
        members.cluster.run(Duration.ofSeconds(1));
        members.cluster.forgetSent();
        var write = members.home().write(OBJECT, new Operation.Set("x", TWO));
        assertThat(members.cluster.runUntil(write::isDone, Duration.ofSeconds(4)))
                .isTrue();
        assertThat(members.cluster.sent(Resolve.class)).isGreaterThan(1);
        assertThat(members.cluster.sent(LockAll.class)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void shouldSendNothingForAnEpochThatFindsAllAtRest(int size) {
        Members members = new Members(size);
        MemberId last = members.cluster.members().get(size - 1);
        members.cluster.crash(last);
        members.cluster.register().drop(last);
        members.cluster.run(Duration.ofSeconds(2));
        assertThat(members.cluster.register().agreed().number()).isEqualTo(2);
        assertThat(members.cluster.sent()).isZero();
    }
}
