package org.goaway;

import java.util.Date;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** A condition of a {@link CurrentClusterLock}: the lock's own in whatever cluster is current at each call. */
@SuppressWarnings("WaitNotInLoop") // the loop is the caller's
record CurrentCondition(CurrentClusterLock lock, Optional<String> name) implements Condition {

    private Condition bound() {
        return lock.bound(name);
    }

    @Override
    public void await() throws InterruptedException {
        bound().await();
    }

    @Override
    public void awaitUninterruptibly() {
        bound().awaitUninterruptibly();
    }

    @Override
    public long awaitNanos(long nanos) throws InterruptedException {
        return bound().awaitNanos(nanos);
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return bound().await(time, unit);
    }

    @Override
    public boolean awaitUntil(Date deadline) throws InterruptedException {
        return bound().awaitUntil(deadline);
    }

    @Override
    public void signal() {
        bound().signal();
    }

    @Override
    public void signalAll() {
        bound().signalAll();
    }
}
