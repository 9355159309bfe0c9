package org.goaway.protocol.fastread;

import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import org.goaway.protocol.Lease;
import org.goaway.protocol.kit.LocalCluster;

/**
 * An application's thread may stop for long anywhere, also between its look at a copy and its look at the lease (L3). Here
 * it does so just before and just after the lease is looked at: meanwhile the rest of the cluster goes on.
 */
final class ThreadPauses {

    private static final int DEEPEST = 2;

    private final LocalCluster cluster;
    private final Random random;
    private boolean reading;
    private int depth;

    ThreadPauses(LocalCluster cluster) {
        this.cluster = cluster;
        this.random = cluster.random();
    }

    /** Runs what such a thread does. */
    <T> T run(Supplier<T> read) {
        reading = true;
        try {
            return read.get();
        } finally {
            reading = false;
        }
    }

    /** The lease as such a thread sees it; the event loop does not pause here. */
    Lease pausing(Lease lease) {
        return () -> {
            pause();
            boolean held = lease.isHeld();
            pause();
            return held;
        };
    }

    private void pause() {
        if (reading && depth < DEEPEST && random.nextInt(10) == 0) {
            reading = false;
            depth++;
            cluster.run(Duration.ofMillis(random.nextInt(300)));
            depth--;
            reading = true;
        }
    }
}
