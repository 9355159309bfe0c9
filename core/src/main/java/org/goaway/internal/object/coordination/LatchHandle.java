package org.goaway.internal.object.coordination;

import java.time.Duration;
import java.util.Objects;
import org.goaway.ClusterLatch;
import org.goaway.internal.object.Calls;
import org.goaway.protocol.coordination.Coordination;
import org.goaway.protocol.coordination.CoordinationCommand;
import org.goaway.protocol.coordination.Ended;

/** A latch of the cluster. Safe for any thread. */
record LatchHandle(String name, int count, Coordination coordination, Calls calls) implements ClusterLatch {

    LatchHandle {
        Objects.requireNonNull(name, "name");
        if (count < 0) {
            throw new IllegalArgumentException("latch '" + name + "' needs a count of 0 or more, not " + count);
        }
    }

    @Override
    public void await() throws InterruptedException {
        open(null);
    }

    @Override
    public boolean await(Duration atMost) throws InterruptedException {
        return open(Objects.requireNonNull(atMost, "atMost"));
    }

    private boolean open(Duration atMost) throws InterruptedException {
        Ended ended =
                Waiter.await(coordination, calls, () -> coordination.awaitZero(name, count), atMost, this::reason);
        return ended.how() == Ended.How.PASSED;
    }

    private String reason(long left) {
        return left < 0 ? toString() : this + ": it has to be counted down " + left + " times more";
    }

    @Override
    public void countDown() {
        calls.awaitUninterruptibly(
                calls.start(() -> coordination.ask(new CoordinationCommand.CountDown(name, count))),
                () -> "countDown of " + this);
    }

    @Override
    public long getCount() {
        return calls.read(
                () -> coordination.ask(new CoordinationCommand.Count(name, count)), () -> "getCount of " + this);
    }

    @Override
    public String toString() {
        return "latch '" + name + "'";
    }
}
