package org.goaway.internal.object.coordination;

import java.time.Duration;
import java.util.Objects;
import org.goaway.ClusterSemaphore;
import org.goaway.internal.object.Calls;
import org.goaway.protocol.coordination.Coordination;
import org.goaway.protocol.coordination.CoordinationCommand;
import org.goaway.protocol.coordination.Ended;

/** A semaphore of the cluster. Safe for any thread. */
record SemaphoreHandle(String name, int permits, Coordination coordination, Calls calls) implements ClusterSemaphore {

    SemaphoreHandle {
        Objects.requireNonNull(name, "name");
        if (permits < 0) {
            throw new IllegalArgumentException("semaphore '" + name + "' needs 0 permits or more, not " + permits);
        }
    }

    @Override
    public void acquire() throws InterruptedException {
        permit(true, null);
    }

    @Override
    public boolean tryAcquire(Duration atMost) throws InterruptedException {
        return permit(!atMost.isNegative() && !atMost.isZero(), atMost);
    }

    private boolean permit(boolean queue, Duration atMost) throws InterruptedException {
        // Without a queue the log's first answer is the last: no time can be over before it.
        Duration bound = queue ? atMost : null;
        Ended ended = Waiter.await(
                coordination, calls, () -> coordination.acquire(name, permits, queue), bound, this::reason);
        return ended.how() == Ended.How.PASSED;
    }

    private String reason(long before) {
        return before < 0 ? "a permit of " + this : "a permit of " + this + ": " + before + " wait before it";
    }

    @Override
    public void release() {
        calls.awaitUninterruptibly(
                calls.start(() -> coordination.ask(new CoordinationCommand.Release(name, permits))),
                () -> "release of " + this);
    }

    @Override
    public int availablePermits() {
        long free = calls.read(
                () -> coordination.ask(new CoordinationCommand.Available(name, permits)),
                () -> "availablePermits of " + this);
        return (int) Math.min(free, Integer.MAX_VALUE);
    }

    @Override
    public String toString() {
        return "semaphore '" + name + "'";
    }
}
