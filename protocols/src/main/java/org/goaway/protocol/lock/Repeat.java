package org.goaway.protocol.lock;

/** When to send something again: after 100 milliseconds, then twice as long each time, at most 1.6 seconds. */
public final class Repeat {

    private static final long FIRST = 100_000_000;
    /** No interval is longer, in nanoseconds. */
    static final long LONGEST = 16 * FIRST;

    private long interval = FIRST;
    private long next;

    /** Due for the first time at once, then as any other. */
    public static Repeat from(long now) {
        return new Repeat(now - FIRST);
    }

    /** Due for the first time 100 milliseconds after {@code now}. */
    public Repeat(long now) {
        next = now + interval;
    }

    /** Whether it is time; asks for the next time then. */
    public boolean isDue(long now) {
        if (now - next < 0) {
            return false;
        }
        interval = Math.min(2 * interval, LONGEST);
        next = now + interval;
        return true;
    }

    /** The next time is the present interval after {@code now}. */
    public void postpone(long now) {
        next = now + interval;
    }
}
