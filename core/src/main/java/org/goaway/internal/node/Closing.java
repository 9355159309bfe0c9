package org.goaway.internal.node;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets the first who closes something do it, and all others wait until it is done. Any thread. */
final class Closing {

    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    /** The thread that does it; null: none, or it is done. */
    private volatile Thread closer;

    boolean hasBegun() {
        return begun.get();
    }

    /**
     * Runs {@code ends} if nobody has; else waits for who does, unless it is called by what that one runs. An interrupt from
     * before is kept for the caller to see: what ends here ends in order, and waits for that.
     */
    void run(Runnable ends) {
        if (begun.compareAndSet(false, true)) {
            closer = Thread.currentThread();
            boolean interrupted = Thread.interrupted();
            try {
                ends.run();
            } finally {
                closer = null;
                done.complete(null);
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        } else if (!Thread.currentThread().equals(closer)) {
            done.join();
        }
    }
}
