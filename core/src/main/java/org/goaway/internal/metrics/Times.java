package org.goaway.internal.metrics;

import java.util.concurrent.atomic.LongAdder;

/** How often something took time, and how long in all. Any thread. */
public final class Times {

    private static final double NANOS = 1e9;

    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    /** It took so long once more. */
    public void add(long took) {
        nanos.add(took);
        count.increment();
    }

    /** The same; it began at {@code start} of {@link System#nanoTime()} and ends now. */
    public void addSince(long start) {
        add(System.nanoTime() - start);
    }

    public long count() {
        return count.sum();
    }

    public double seconds() {
        return nanos.sum() / NANOS;
    }
}
