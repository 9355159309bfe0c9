package org.goaway.protocol.kit;

import java.time.Duration;
import org.goaway.protocol.Clock;

/** A clock that stands still until a test moves it. */
public final class ManualClock implements Clock {

    private long nanos;

    public ManualClock() {
        this(0);
    }

    /** A clock that shows {@code nanos} at first, so that nothing may rely on where clocks begin. */
    public ManualClock(long nanos) {
        this.nanos = nanos;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    public void advance(Duration time) {
        advance(time.toNanos());
    }

    public void advance(long time) {
        if (time < 0) {
            throw new IllegalArgumentException("time does not go back: " + time);
        }
        nanos += time;
    }
}
