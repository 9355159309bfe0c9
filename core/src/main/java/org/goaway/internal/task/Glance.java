package org.goaway.internal.task;

import java.util.function.BooleanSupplier;

/**
 * Looks for a moment whether something has come, before a thread sleeps until it does. A processor that has nothing else to
 * do sleeps, too, and in a virtual machine it takes longer to wake up than an empty task takes there and back. Others that are
 * ready to run do so meanwhile. See docs/decisions/0028-a-glance-before-sleeping.md.
 */
final class Glance {

    /** An empty task on a near machine takes no longer. What takes longer gains nothing, and loses as little. */
    private static final long NANOS = 60_000;

    /** On a single processor who is waited for needs it. */
    private static final boolean PAYS = Runtime.getRuntime().availableProcessors() > 1;

    private Glance() {}

    /** Returns once it is {@code over}, or after a moment that is not longer than so many nanoseconds. */
    @SuppressWarnings("ThreadPriorityCheck") // it is right whatever a yield does: that is a matter of time alone
    static void until(BooleanSupplier over, long atMost) {
        long began = System.nanoTime();
        long most = PAYS ? Math.min(NANOS, atMost) : 0;
        while (System.nanoTime() - began < most && !over.getAsBoolean()) {
            Thread.yield();
        }
    }
}
