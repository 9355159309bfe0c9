package org.goaway.internal.cluster.packing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long NOW = 1_000_000_000;

    private final Pace pace = new Pace(NOW);

    @Test
    void shouldLetTheFirstLeaveAtOnce() {
        assertThat(pace.free()).isEqualTo(NOW);
    }

    @Test
    void shouldHoldTheNextFrameBackForWhatTheLastOneHeld() {
        pace.added();
        pace.added();
        pace.flushed(NOW);
        assertThat(pace.free()).isEqualTo(NOW + 2 * Pace.EACH_NANOS);
    }

    @Test
    void shouldHoldBackNoLongerThanItMay() {
        for (int i = 0; i < 1_000; i++) {
            pace.added();
        }
        pace.flushed(NOW);
        assertThat(pace.free()).isEqualTo(NOW + Pace.MOST_NANOS);
    }

    @Test
    void shouldNotHoldBackForAFlushOfNothing() {
        pace.flushed(NOW + 5);
        assertThat(pace.free()).isEqualTo(NOW);
    }

    @Test
    void shouldBeAwaitedByOneAtATime() {
        pace.added();
        assertThat(pace.await()).isTrue();
        assertThat(pace.await()).isFalse();
        assertThat(pace.hasWaited()).isTrue();
        assertThat(pace.await()).isTrue();
    }

    @Test
    void shouldTellWhetherSomethingStillWaits() {
        pace.added();
        assertThat(pace.await()).isTrue();
        pace.flushed(NOW);
        assertThat(pace.hasWaited()).isFalse();
    }
}
