package org.goaway;

import java.util.Objects;
import java.util.function.LongUnaryOperator;

/** The {@link ClusterLong} of a name in whatever cluster is current at each call; see {@link CurrentObject}. */
record CurrentClusterLong(String name) implements ClusterLong {

    CurrentClusterLong {
        Objects.requireNonNull(name, "name");
    }

    private ClusterLong bound() {
        return GoAway.current().atomicLong(name);
    }

    @Override
    public long get() {
        return bound().get();
    }

    @Override
    public void set(long v) {
        bound().set(v);
    }

    @Override
    public long addAndGet(long d) {
        return bound().addAndGet(d);
    }

    @Override
    public boolean compareAndSet(long a, long b) {
        return bound().compareAndSet(a, b);
    }

    @Override
    public long updateAndGet(LongUnaryOperator f) {
        return bound().updateAndGet(f);
    }

    @Override
    public String toString() {
        return "ClusterLong '" + name + "'";
    }
}
