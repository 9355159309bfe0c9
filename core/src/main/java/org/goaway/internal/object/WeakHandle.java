package org.goaway.internal.object;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.weak.Replica;
import org.goaway.protocol.weak.Weak;

/** Weak: reads and writes this member's replica in the calling thread. */
final class WeakHandle extends ObjectHandle implements org.goaway.Weak {

    private static final Logger LOG = LogManager.getLogger(WeakHandle.class);
    private static final long TELL_AGAIN = TimeUnit.MINUTES.toNanos(1);

    /** When it was last said that sets wait; 0: never. */
    private final AtomicLong told = new AtomicLong();

    private final Weak weak;
    private final Replica replica;

    WeakHandle(ObjectId id, Weak weak, Values values, Calls calls, Listeners listeners, StoreCounts counts) {
        super(id, values, calls, listeners, counts);
        this.weak = weak;
        this.replica = weak.replica(id);
    }

    @Override
    Value read(String field) {
        StoreCounts.readLocally(counts);
        return replica.get(field);
    }

    @Override
    void write(String field, Value value) {
        weak.set(id, field, value);
        counts.written();
        awaitRoom();
    }

    @Override
    public void clear() {
        calls.checkOpen();
        weak.clear(id);
        counts.written();
        awaitRoom();
    }

    /** Holds a writer back that outruns the network; what it wrote stays written. */
    private void awaitRoom() {
        CompletableFuture<Void> room = weak.room();
        if (!room.isDone()) {
            tellOfSlowness();
            long start = System.nanoTime();
            calls.pause(room, () -> "the network to take what was set on " + this);
            counts.stalledSince(start);
        }
    }

    private void tellOfSlowness() {
        long now = System.nanoTime();
        long last = told.get();
        if ((last == 0 || now - last > TELL_AGAIN) && told.compareAndSet(last, now)) {
            calls.tell(() -> LOG.warn(
                    "{}: it is set faster than its members take it, so sets wait until {} have acknowledged earlier ones; none"
                            + " is lost. Set less often, or fewer fields: a later set of a field replaces one that still waits",
                    this,
                    calls.named(weak.awaited().toString())));
        }
    }

    @Override
    public Set<String> fields() {
        calls.checkOpen();
        return Set.copyOf(replica.fields());
    }

    @Override
    public void sync() {
        calls.read(() -> weak.sync(id), this::syncing);
    }

    @Override
    public CompletableFuture<Void> syncAsync() {
        calls.checkOpen();
        return calls.published(calls.start(() -> weak.sync(id)), this::syncing);
    }

    private String syncing() {
        return "sync of " + this;
    }

    @Override
    void forget() {
        for (String field : replica.fields()) {
            Value value = replica.get(field);
            if (value != null) {
                values.forget(value);
            }
        }
    }
}
