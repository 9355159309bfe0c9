package org.goaway.protocol.coordination;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.goaway.protocol.Clock;

/** For how long the log has answered nothing, of the time in which this member could have read it. One writer: the event loop. */
final class Silence {

    /** A loop that comes so late has yet to read what was answered meanwhile. */
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Clock clock;
    private final LongSupplier answeredAt;
    private final Duration bound;
    private long tickedAt;
    private long ranFrom;

    /** @param answeredAt when the log last answered any command of this member */
    Silence(Clock clock, LongSupplier answeredAt, Duration bound) {
        this.clock = clock;
        this.answeredAt = answeredAt;
        this.bound = bound;
        this.tickedAt = clock.nanos();
        this.ranFrom = tickedAt;
    }

    Duration bound() {
        return bound;
    }

    void onTick(long nanos) {
        if (nanos - tickedAt >= LATE_NANOS) {
            ranFrom = nanos;
        }
        tickedAt = nanos;
    }

    /** Whether it has lasted for the bound. */
    boolean isLong() {
        long now = clock.nanos();
        return now - tickedAt < LATE_NANOS && isOver(ranFrom) && isOver(answeredAt.getAsLong());
    }

    /** Whether the bound has passed since then. */
    boolean isOver(long since) {
        return clock.nanos() - since >= bound.toNanos();
    }
}
