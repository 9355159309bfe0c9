package org.goaway.internal.task;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GlanceTest {

    @Test
    void shouldNotLookAgainOnceItIsOver() {
        AtomicInteger looks = new AtomicInteger();
        Glance.until(() -> looks.incrementAndGet() > 0, Long.MAX_VALUE);
        assertThat(looks.get()).isLessThanOrEqualTo(1);
    }

    @Test
    @Timeout(value = 10, unit = SECONDS)
    void shouldEndWhereNothingComes() {
        AtomicInteger looks = new AtomicInteger();
        Glance.until(() -> looks.incrementAndGet() < 0, Long.MAX_VALUE);
        assertThat(looks.get()).isLessThan(1_000_000);
    }

    @Test
    void shouldNotLookWhereThereIsNoTime() {
        AtomicInteger looks = new AtomicInteger();
        Glance.until(() -> looks.incrementAndGet() < 0, 0);
        assertThat(looks.get()).isZero();
    }
}
