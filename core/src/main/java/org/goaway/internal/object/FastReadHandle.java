package org.goaway.internal.object;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.goaway.ClusterLock;
import org.goaway.LinFastRead;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Fence;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Value;
import org.goaway.protocol.fastread.Entry;
import org.goaway.protocol.fastread.FastRead;
import org.goaway.protocol.fastread.Replica;

/** LinFastRead: reads look at this member's replica and wait only while the field is being changed. */
final class FastReadHandle extends LinearizableHandle implements LinFastRead {

    /** Never LOCKED, so only the lease and the copies as a whole are waited for. */
    private static final String NO_FIELD = "";

    private final FastRead fastRead;
    private final Replica replica;

    FastReadHandle(
            ObjectId id, FastRead fastRead, Values values, Calls calls, Listeners listeners, StoreCounts counts) {
        this(id, fastRead, values, calls, listeners, counts, Guard.NONE);
    }

    private FastReadHandle(
            ObjectId id,
            FastRead fastRead,
            Values values,
            Calls calls,
            Listeners listeners,
            StoreCounts counts,
            Guard guard) {
        super(id, values, calls, listeners, counts, guard);
        this.fastRead = fastRead;
        this.replica = fastRead.replica(id);
    }

    @Override
    CompletableFuture<Answer> operate(Operation operation, Fence fence) {
        return fastRead.write(id, operation, fence);
    }

    @Override
    public LinFastRead guardedBy(ClusterLock lock) {
        return new FastReadHandle(id, fastRead, values, calls, listeners, counts, Guard.by(lock));
    }

    @Override
    Value read(String field) {
        return entry(field).value();
    }

    @Override
    Answer current(String field) {
        Entry entry = entry(field);
        return new Answer(Answer.Result.DONE, entry.version(), entry.value());
    }

    private Entry entry(String field) {
        StoreCounts.readLocally(counts);
        Entry entry = replica.read(field);
        return entry != null ? entry : awaited(field, () -> doing("get", field));
    }

    private Entry awaited(String field, Supplier<String> what) {
        long start = System.nanoTime();
        try {
            return calls.read(() -> fastRead.readable(id, field), what);
        } finally {
            counts.stalledSince(start);
        }
    }

    @Override
    public Set<String> fields() {
        calls.checkOpen();
        Set<String> names = new TreeSet<>();
        for (String field : names()) {
            if (read(field) != null) {
                names.add(field);
            }
        }
        return Set.copyOf(names);
    }

    private Set<String> names() {
        Set<String> names = replica.names();
        while (names == null) {
            var unused = awaited(NO_FIELD, () -> "fields of " + this);
            names = replica.names();
        }
        return names;
    }

    @Override
    void forget() {
        replica.values().forEach(values::forget);
    }
}
