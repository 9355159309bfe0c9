package org.goaway.internal.object;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.goaway.ClusterLock;
import org.goaway.StrictCentralized;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Fence;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Value;
import org.goaway.protocol.strict.Strict;

/** StrictCentralized: everything goes through the replicated log, reads too. */
final class StrictHandle extends LinearizableHandle implements StrictCentralized {

    private final Strict strict;

    StrictHandle(ObjectId id, Strict strict, Values values, Calls calls, Listeners listeners, StoreCounts counts) {
        this(id, strict, values, calls, listeners, counts, Guard.NONE);
    }

    private StrictHandle(
            ObjectId id,
            Strict strict,
            Values values,
            Calls calls,
            Listeners listeners,
            StoreCounts counts,
            Guard guard) {
        super(id, values, calls, listeners, counts, guard);
        this.strict = strict;
    }

    @Override
    public StrictCentralized guardedBy(ClusterLock lock) {
        return new StrictHandle(id, strict, values, calls, listeners, counts, Guard.by(lock));
    }

    @Override
    CompletableFuture<Answer> operate(Operation operation, Fence fence) {
        return strict.operate(id, operation, fence);
    }

    @Override
    Answer received(Answer answer) {
        return detached(answer);
    }

    @Override
    Answer current(String field) {
        Answer answer = calls.read(() -> strict.get(id, field), () -> doing("get", field));
        counts.read();
        return detached(answer);
    }

    /** At the leader the answer's value is the state's own: what this application makes of it must not stay there. */
    private static Answer detached(Answer answer) {
        Value value = answer.value();
        return value == null ? answer : new Answer(answer.result(), answer.version(), Value.of(value.bytes()));
    }

    @Override
    Value read(String field) {
        return current(field).value();
    }

    @Override
    public Set<String> fields() {
        return Set.copyOf(calls.read(() -> strict.fields(id), () -> "the fields of " + this));
    }

    @Override
    void watch(String field) {
        calls.read(() -> strict.watch(id, field), () -> doing("onChange", field));
    }

    @Override
    void unwatch(String field) {
        calls.tell(() -> {
            // Somebody may listen again meanwhile: then the field stays watched.
            if (!listeners.any(id, field)) {
                strict.unwatch(id, field);
            }
        });
    }
}
