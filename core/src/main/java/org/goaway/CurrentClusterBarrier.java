package org.goaway;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/** The {@link ClusterBarrier} of a name in whatever cluster is current at each call; see {@link CurrentObject}. */
record CurrentClusterBarrier(String name, int parties) implements ClusterBarrier {

    CurrentClusterBarrier {
        Objects.requireNonNull(name, "name");
        if (parties < 1) {
            throw new IllegalArgumentException("barrier '" + name + "' needs at least 1 party, not " + parties);
        }
    }

    private ClusterBarrier bound() {
        return GoAway.current().barrier(name, parties);
    }

    @Override
    public int await() throws InterruptedException {
        return bound().await();
    }

    @Override
    public int await(Duration atMost) throws InterruptedException, TimeoutException {
        return bound().await(atMost);
    }

    @Override
    public String toString() {
        return "ClusterBarrier '" + name + "' of " + parties;
    }
}
