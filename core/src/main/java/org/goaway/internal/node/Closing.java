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

    /** Runs {@code ends} if nobody has; else waits for who does, unless it is called by what that one runs. */
    void run(Runnable ends) {
        if (begun.compareAndSet(false, true)) {
            closer = Thread.currentThread();
            try {
                ends.run();
            } finally {
                closer = null;
                done.complete(null);
            }
        } else if (!Thread.currentThread().equals(closer)) {
            done.join();
        }
    }
}
