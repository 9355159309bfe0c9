package org.goaway.internal.task;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Looks for a moment whether something has come, before a thread sleeps until it does. A processor that has nothing else to
 * do sleeps, too, and in a virtual machine it takes longer to wake up than an empty task takes there and back. Others that are
 * ready to run do so meanwhile. See docs/decisions/0028-a-glance-before-sleeping.md.
 */
final class Glance {

    /** An empty task on a near machine takes no longer. What takes longer gains nothing, and loses as little. */
    static final long NANOS = 60_000;

    /** On a single processor who is waited for needs it. */
    private static final boolean PAYS = Runtime.getRuntime().availableProcessors() > 1;

    private Glance() {}

    /** Returns once it is {@code over}, or after {@link #NANOS}. */
    static void until(BooleanSupplier over) {
        if (PAYS) {
            until(over, System::nanoTime);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // it is right whatever a yield does: that is a matter of time alone
    static void until(BooleanSupplier over, LongSupplier clock) {
        long began = clock.getAsLong();
        while (!over.getAsBoolean() && clock.getAsLong() - began < NANOS) {
            Thread.yield();
        }
    }
}
