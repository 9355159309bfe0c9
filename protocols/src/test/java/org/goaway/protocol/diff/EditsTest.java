package org.goaway.protocol.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.goaway.protocol.Value;
import org.goaway.protocol.kit.Seeds;
import org.junit.jupiter.api.Test;

class EditsTest {

    @Test
    void shouldMakeTheOneOfTheOther() {
        Seeds.run(20_000, run -> {
            RandomBytes random = new RandomBytes(run.seed());
            byte[] base = random.bytes(run.seed() % 10 == 0 ? 5_000 : 100);
            byte[] next = run.seed() % 7 == 0 ? random.bytes(100) : random.edited(base);
            Optional<Change> change = Change.between(Value.of(base), Value.of(next));
            assertThat(change.isEmpty()).isEqualTo(Arrays.equals(base, next));
            change.ifPresent(edit -> {
                assertThat(edit.applyTo(Value.of(base)).bytes()).isEqualTo(next);
                assertThat(edit.size()).isLessThanOrEqualTo(next.length);
            });
        });
    }

    @Test
    void shouldTakeTheSizeOfWhatChanged() {
        Seeds.run(300, run -> {
            Random random = new Random(run.seed());
            byte[] base = new byte[50_000];
            random.nextBytes(base);
            byte[] next = base.clone();
            int changes = 1 + random.nextInt(50);
            for (int i = 0; i < changes; i++) {
                int at = random.nextInt(next.length);
                int gone = Math.min(random.nextInt(9), next.length - at);
                byte[] fresh = new byte[random.nextInt(9)];
                random.nextBytes(fresh);
                byte[] longer = new byte[next.length - gone + fresh.length];
                System.arraycopy(next, 0, longer, 0, at);
                System.arraycopy(fresh, 0, longer, at, fresh.length);
                System.arraycopy(next, at + gone, longer, at + fresh.length, next.length - at - gone);
                next = longer;
            }
            byte[] made = next;
            Change.between(Value.of(base), Value.of(made))
                    .ifPresent(edit -> assertThat(edit.size()).isLessThanOrEqualTo(30 * changes + 20));
        });
    }

    @Test
    void shouldFindWhatWasMoved() {
        byte[] base = new byte[10_000];
        new Random(1).nextBytes(base);
        byte[] next = new byte[base.length];
        System.arraycopy(base, 6_000, next, 0, 4_000);
        System.arraycopy(base, 0, next, 4_000, 6_000);
        assertThat(Change.between(Value.of(base), Value.of(next)).orElseThrow().size())
                .isLessThan(40);
    }

    @Test
    void shouldTellAbsentFromPresent() {
        Value value = Value.of(new byte[] {1});
        assertThat(Change.between(null, null)).isEmpty();
        assertThat(Change.between(value, Value.of(new byte[] {1}))).isEmpty();
        assertThat(Change.between(null, value)).contains(Change.set(value));
        assertThat(Change.between(value, null)).contains(Change.removed());
    }
}
