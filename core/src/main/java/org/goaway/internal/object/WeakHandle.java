package org.goaway.internal.object;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.weak.Replica;
import org.goaway.protocol.weak.Weak;

/** Weak: reads and writes this member's replica in the calling thread. */
final class WeakHandle extends ObjectHandle implements org.goaway.Weak {

    private final Weak weak;
    private final Replica replica;

    WeakHandle(ObjectId id, Weak weak, Values values, Calls calls, Listeners listeners) {
        super(id, values, calls, listeners);
        this.weak = weak;
        this.replica = weak.replica(id);
    }

    @Override
    Value read(String field) {
        return replica.get(field);
    }

    @Override
    void write(String field, Value value) {
        weak.set(id, field, value);
        awaitRoom();
    }

    @Override
    public void clear() {
        calls.checkOpen();
        weak.clear(id);
        awaitRoom();
    }

    /** Holds a writer back that outruns the network; what it wrote stays written. */
    private void awaitRoom() {
        CompletableFuture<Void> room = weak.room();
        if (!room.isDone()) {
            calls.pause(room, () -> "the network to take what was set on " + this);
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
