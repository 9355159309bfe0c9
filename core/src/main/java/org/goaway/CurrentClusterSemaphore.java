package org.goaway;

import java.time.Duration;
import java.util.Objects;

/** The {@link ClusterSemaphore} of a name in whatever cluster is current at each call; see {@link CurrentObject}. */
record CurrentClusterSemaphore(String name, int permits) implements ClusterSemaphore {

    CurrentClusterSemaphore {
        Objects.requireNonNull(name, "name");
        if (permits < 0) {
            throw new IllegalArgumentException("semaphore '" + name + "' needs 0 permits or more, not " + permits);
        }
    }

    private ClusterSemaphore bound() {
        return GoAway.current().semaphore(name, permits);
    }

    @Override
    public void acquire() throws InterruptedException {
        bound().acquire();
    }

    @Override
    public boolean tryAcquire(Duration atMost) throws InterruptedException {
        return bound().tryAcquire(atMost);
    }

    @Override
    public void release() {
        bound().release();
    }

    @Override
    public int availablePermits() {
        return bound().availablePermits();
    }

    @Override
    public String toString() {
        return "ClusterSemaphore '" + name + "' with " + permits;
    }
}
