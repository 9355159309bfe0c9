package org.goaway.internal.cluster.packing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * When the next frame to a member should leave: the more the last one held, the longer the next is held back, so that a
 * message on its own leaves at once and many in a row share frames, which cost more than what they hold. Safe for any thread.
 */
final class Pace {

    /** So long for each item of the last frame; at fewer than one in this time frames get no fuller. */
    static final long EACH_NANOS = TimeUnit.MICROSECONDS.toNanos(30);

    /**
     * At most so long: some 60 items at the rate at which tasks can be started. Two such frames without an answer still fit
     * into what a link surely takes, so that they are written by the thread that made them.
     */
    static final long MOST_NANOS = TimeUnit.MICROSECONDS.toNanos(600);

    private final AtomicInteger items = new AtomicInteger();
    private final AtomicBoolean awaited = new AtomicBoolean();
    private volatile long free;

    Pace(long nanos) {
        free = nanos;
    }

    void added() {
        items.incrementAndGet();
    }

    void flushed(long nanos) {
        int sent = items.getAndSet(0);
        if (sent > 0) {
            free = nanos + Math.min(MOST_NANOS, sent * EACH_NANOS);
        }
    }

    /** When what is added next should leave. */
    long free() {
        return free;
    }

    /** Whether the caller is to see to what waits when it is {@link #free()}; else somebody does already. */
    boolean await() {
        return !awaited.get() && awaited.compareAndSet(false, true);
    }

    /** The one who waited looks now, so the next has to wait anew; whether something is there. */
    boolean hasWaited() {
        awaited.set(false);
        return items.get() > 0;
    }
}
