package org.goaway.internal.cluster.raft;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.goaway.protocol.Message;
import org.goaway.protocol.ReplicatedState;
import org.goaway.protocol.Value;

/** A replicated state of keyed values that remembers how many entries it has seen, and their order by a hash. */
final class Journal implements ReplicatedState {

    private final Map<Integer, Value> values = new LinkedHashMap<>();
    private final Queue<Error> failures = new ConcurrentLinkedQueue<>();
    private final Queue<RuntimeException> refusals = new ConcurrentLinkedQueue<>();
    private volatile Seen seen = new Seen(0, 0);

    /** An entry: {@code key} has this value from now on. Also a piece of the state. */
    record Put(int key, Value value) implements Message {}

    /** The answer to an entry, and a piece of the state: how many entries came, in which order. */
    record Seen(long count, long hash) implements Message {}

    Seen seen() {
        return seen;
    }

    /** The next entry is broken off by this when it is applied by half. */
    void breakOffBy(Error failure) {
        failures.add(failure);
    }

    /** The next entry is refused by this. */
    void refuseBy(RuntimeException refusal) {
        refusals.add(refusal);
    }

    @Override
    public Message apply(Message entry) {
        Put put = (Put) entry;
        RuntimeException refusal = refusals.poll();
        if (refusal != null) {
            throw refusal;
        }
        values.put(put.key(), put.value());
        Error failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        seen = new Seen(seen.count() + 1, seen.hash() * 31 + put.key());
        return seen;
    }

    @Override
    public void writeTo(Consumer<Message> pieces) {
        pieces.accept(seen);
        values.forEach((key, value) -> pieces.accept(new Put(key, value)));
    }

    @Override
    public void readFrom(Iterator<Message> pieces) {
        Seen restored = (Seen) pieces.next();
        values.clear();
        pieces.forEachRemaining(piece -> values.put(((Put) piece).key(), ((Put) piece).value()));
        seen = restored;
    }

    /** What the values are, for comparison when nothing is applied. */
    Map<Integer, Value> values() {
        return values;
    }
}
