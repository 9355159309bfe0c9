package org.goaway.internal.cluster.link;

import java.util.concurrent.TimeUnit;

/** Lets something be told every ten seconds at most, however often it happens. Safe for any thread. */
public final class Seldom {

    private static final long APART_NANOS = TimeUnit.SECONDS.toNanos(10);

    private long toldAt = System.nanoTime() - APART_NANOS;
    private long untold;

    /** It has happened again: how often before without being told, if it is to be told now, else -1. */
    public synchronized long another() {
        long now = System.nanoTime();
        if (now - toldAt < APART_NANOS) {
            untold++;
            return -1;
        }
        toldAt = now;
        long before = untold;
        untold = 0;
        return before;
    }
}
