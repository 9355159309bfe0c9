package org.goaway.internal.object.coordination;

import java.util.Objects;
import java.util.function.LongUnaryOperator;
import org.goaway.ClusterLong;
import org.goaway.internal.object.Calls;
import org.goaway.protocol.coordination.Coordination;
import org.goaway.protocol.coordination.CoordinationCommand;

/** A long of the cluster. Safe for any thread. */
record LongHandle(String name, Coordination coordination, Calls calls) implements ClusterLong {

    LongHandle {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public long get() {
        return calls.read(() -> coordination.ask(new CoordinationCommand.Get(name)), () -> "get of " + this);
    }

    @Override
    public void set(long v) {
        ask(new CoordinationCommand.Put(name, v), "set");
    }

    @Override
    public long addAndGet(long d) {
        return ask(new CoordinationCommand.Add(name, d), "addAndGet");
    }

    @Override
    public boolean compareAndSet(long a, long b) {
        return ask(new CoordinationCommand.CompareAndSet(name, a, b), "compareAndSet") == a;
    }

    @Override
    public long updateAndGet(LongUnaryOperator f) {
        long seen = get();
        while (true) {
            long next = f.applyAsLong(seen);
            long before = ask(new CoordinationCommand.CompareAndSet(name, seen, next), "updateAndGet");
            if (before == seen) {
                return next;
            }
            seen = before;
        }
    }

    private long ask(CoordinationCommand command, String what) {
        return calls.call(() -> coordination.ask(command), () -> what + " of " + this);
    }

    @Override
    public String toString() {
        return "atomicLong '" + name + "'";
    }
}
