package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GlanceTest {

    /** Begins shortly before it wraps around; each look at it takes a microsecond. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5_000);

    private long tick() {
        return clock.getAndAdd(1_000);
    }

    @Test
    void shouldNotLookAgainOnceItIsOver() {
        AtomicInteger looks = new AtomicInteger();
        Glance.until(() -> looks.incrementAndGet() == 3, this::tick);
        assertThat(looks).hasValue(3);
    }

    @Test
    void shouldEndAfterAMomentWhereNothingComes() {
        AtomicInteger looks = new AtomicInteger();
        Glance.until(() -> looks.incrementAndGet() < 0, this::tick);
        assertThat(looks).hasValue((int) (Glance.NANOS / 1_000));
    }
}
