package org.goaway;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** The {@link ClusterLock} of a name in whatever cluster is current at each call; see {@link CurrentObject}. */
record CurrentClusterLock(String name) implements ClusterLock {

    CurrentClusterLock {
        Objects.requireNonNull(name, "name");
    }

    private ClusterLock bound() {
        return GoAway.current().lock(name);
    }

    @Override
    public void lock() {
        bound().lock();
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        bound().lockInterruptibly();
    }

    @Override
    public boolean tryLock() {
        return bound().tryLock();
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        return bound().tryLock(time, unit);
    }

    @Override
    public void unlock() {
        bound().unlock();
    }

    @Override
    public Held hold() {
        return bound().hold();
    }

    @Override
    public long token() {
        return bound().token();
    }

    @Override
    public boolean isHeldByCurrentThread() {
        return bound().isHeldByCurrentThread();
    }

    @Override
    public Registration onLost(Runnable listener) {
        return bound().onLost(listener);
    }

    @Override
    public Condition newCondition() {
        return new CurrentCondition(this, Optional.empty());
    }

    @Override
    public Condition condition(String name) {
        return new CurrentCondition(this, Optional.of(name));
    }

    /** The lock's condition of this name, or its unnamed one, in the current cluster. */
    Condition bound(Optional<String> condition) {
        ClusterLock lock = bound();
        return condition.isPresent() ? lock.condition(condition.get()) : lock.newCondition();
    }

    @Override
    public String toString() {
        return "ClusterLock '" + name + "'";
    }
}
