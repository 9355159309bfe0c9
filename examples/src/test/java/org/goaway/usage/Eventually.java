package org.goaway.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions that other processes bring about. */
public final class Eventually {

    /** Far more than any of it takes: a bound for what hangs, not a measure. */
    public static final Duration AT_MOST = Duration.ofSeconds(60);

    private static final long STEP_MILLIS = 20;

    private Eventually() {}

    /** Waits until the condition holds; fails with {@code otherwise} if it does not in time. */
    public static void holds(BooleanSupplier condition, Supplier<String> otherwise) {
        holds(condition, AT_MOST, otherwise);
    }

    /** As the other, for what may take longer. */
    public static void holds(BooleanSupplier condition, Duration atMost, Supplier<String> otherwise) {
        long end = System.nanoTime() + atMost.toNanos();
        boolean holds = condition.getAsBoolean();
        while (!holds && System.nanoTime() < end) {
            pause();
            holds = condition.getAsBoolean();
        }
        assertThat(holds).withFailMessage(otherwise).isTrue();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
