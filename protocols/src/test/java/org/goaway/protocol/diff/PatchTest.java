package org.goaway.protocol.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.goaway.protocol.Value;
import org.goaway.protocol.kit.Seeds;
import org.goaway.protocol.release.Copy;
import org.junit.jupiter.api.Test;

class PatchTest {

    @Test
    void shouldAnswerDamageWithOneKindOfException() {
        Seeds.run(20_000, run -> {
            Random random = new Random(run.seed());
            RandomBytes samples = new RandomBytes(run.seed());
            byte[] base = samples.bytes(300);
            byte[] damaged = Edits.between(base, samples.edited(base))
                    .map(patch -> patch.bytes().clone())
                    .orElseGet(() -> samples.bytes(20));
            for (int i = random.nextInt(4); i >= 0 && damaged.length > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            byte[] shortened = Arrays.copyOf(damaged, damaged.length - random.nextInt(Math.min(2, damaged.length + 1)));
            try {
                Patch patch = Patch.of(shortened);
                assertThat(patch.length()).isLessThanOrEqualTo(2 * patch.baseLength() + shortened.length);
                if (patch.baseLength() <= 1 << 16) {
                    assertThat(patch.applyTo(new byte[patch.baseLength()])).hasSize(patch.length());
                }
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
        });
    }

    @Test
    void shouldRefuseABaseOfAnotherLength() {
        Patch patch =
                Edits.between(new byte[100], Arrays.copyOf(new byte[] {1}, 100)).orElseThrow();
        assertThatThrownBy(() -> patch.applyTo(new byte[99]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100")
                .hasMessageContaining("99");
        assertThatThrownBy(() -> Change.edited(patch).applyTo(Value.of(new byte[99])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Change.edited(patch).applyTo(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseToAskForMoreThanTwiceTheBase() {
        byte[] copies = {8, 32, 8, 0, 0, 8, 15, 0, 8, 15, 0, 8, 15, 0};
        assertThatThrownBy(() -> Patch.of(copies)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldMakeEditedValuesWhenTheyAreReadHoweverMany() {
        Random random = new Random(3);
        byte[] bytes = new byte[20_000];
        Value value = Value.of(bytes);
        for (int i = 0; i < 1_000; i++) {
            byte[] next = bytes.clone();
            next[random.nextInt(next.length)]++;
            next = i % 50 == 0 ? Arrays.copyOf(next, next.length + 1) : next;
            value = Change.between(Value.of(bytes), Value.of(next))
                    .orElseThrow()
                    .applyTo(value);
            bytes = next;
            if (random.nextInt(40) == 0) {
                assertThat(value.bytes()).isEqualTo(bytes);
            }
        }
        assertThat(value.bytes()).isEqualTo(bytes);
        assertThat(value).isEqualTo(Value.of(bytes));
        assertThat(value.source()).isNull();
    }

    /** What asks each section how large its object is must not copy its arrays. */
    @Test
    void shouldKnowTheLengthOfAnEditedValueWithoutMakingIt() {
        byte[] bytes = new byte[20_000];
        byte[] next = Arrays.copyOf(bytes, 20_001);
        next[5] = 1;
        Value value =
                Change.between(Value.of(bytes), Value.of(next)).orElseThrow().applyTo(Value.of(bytes));
        assertThat(new Copy(1, Map.of("f", value)).size()).isGreaterThan(20_000);
        assertThat(value.length()).isEqualTo(20_001);
        assertThat(value.source()).isNotNull();
        assertThat(value.bytes()).isEqualTo(next);
        assertThat(value.source()).isNull();
        assertThat(value.length()).isEqualTo(20_001);
    }
}
