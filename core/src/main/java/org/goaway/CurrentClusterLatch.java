package org.goaway;

import java.time.Duration;
import java.util.Objects;

/** The {@link ClusterLatch} of a name in whatever cluster is current at each call; see {@link CurrentObject}. */
record CurrentClusterLatch(String name, int count) implements ClusterLatch {

    CurrentClusterLatch {
        Objects.requireNonNull(name, "name");
        if (count < 0) {
            throw new IllegalArgumentException("latch '" + name + "' needs a count of 0 or more, not " + count);
        }
    }

    private ClusterLatch bound() {
        return GoAway.current().latch(name, count);
    }

    @Override
    public void await() throws InterruptedException {
        bound().await();
    }

    @Override
    public boolean await(Duration atMost) throws InterruptedException {
        return bound().await(atMost);
    }

    @Override
    public void countDown() {
        bound().countDown();
    }

    @Override
    public long getCount() {
        return bound().getCount();
    }

    @Override
    public String toString() {
        return "ClusterLatch '" + name + "' from " + count;
    }
}
