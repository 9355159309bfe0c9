package org.goaway;

import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What the linearizable kinds of {@link CurrentObject} share; perhaps guarded by a lock. */
abstract class CurrentLinearizable<S extends LinearizableObject> extends CurrentObject<S>
        implements LinearizableObject {

    private final Optional<ClusterLock> guard;

    CurrentLinearizable(String name, Optional<ClusterLock> guard) {
        super(name);
        this.guard = guard;
    }

    /** The object in this cluster, without a guard. */
    abstract S plain(Cluster cluster);

    /** {@code plain} as {@link #guardedBy} gives it. */
    abstract S guarded(S plain, ClusterLock lock);

    @Override
    final S in(Cluster cluster) {
        S plain = plain(cluster);
        return guard.isPresent() ? guarded(plain, guard.get()) : plain;
    }

    @Override
    public final Optional<ClusterLock> guard() {
        return guard;
    }

    @Override
    public <T> T update(String field, T initial, UnaryOperator<T> fn) {
        return bound().update(field, initial, fn);
    }

    @Override
    public boolean compareAndSet(String field, Object expected, Object next) {
        return bound().compareAndSet(field, expected, next);
    }

    @Override
    public long addAndGet(String field, long delta) {
        return bound().addAndGet(field, delta);
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && other instanceof CurrentLinearizable<?> that && guard.equals(that.guard);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), guard);
    }
}
