package org.goaway.protocol.release;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.goaway.protocol.Changes;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;

/**
 * This member's copies. Written on the event loop, readable from any thread: a copy is immutable and replaced as a whole,
 * so that a reader sees all of a release or none of it.
 */
public class Replica {

    private final Map<ObjectId, Copy> copies = new ConcurrentHashMap<>();
    private final Changes changes;

    Replica(Changes changes) {
        this.changes = changes;
    }

    /** The copy as it is now: a consistent snapshot. */
    public Copy copy(ObjectId object) {
        return copies.getOrDefault(object, Copy.EMPTY);
    }

    /** The field's value in the copy as it is now; null: absent. */
    public Value get(ObjectId object, String field) {
        return copy(object).fields().get(field);
    }

    /** The names of the fields in the copy as it is now. */
    public Set<String> fields(ObjectId object) {
        return copy(object).fields().keySet();
    }

    /** The token of the last section in the copy as it is now; 0: none. */
    public long version(ObjectId object) {
        return copy(object).version();
    }

    /** Whether the diff fits on the copy. */
    boolean fits(Diff diff) {
        return diff.base() == version(diff.object());
    }

    /** Puts the diff onto the copy. */
    void apply(Diff diff) {
        publish(diff.object(), copy(diff.object()).with(diff), diff.written().keySet());
    }

    /** Replaces the copy by a newer state. */
    void replace(State state) {
        Set<String> fields = new HashSet<>(fields(state.object()));
        fields.addAll(state.fields().keySet());
        publish(state.object(), new Copy(state.version(), state.fields()), fields);
    }

    /** The objects of which there is something. */
    Set<ObjectId> objects() {
        return Set.copyOf(copies.keySet());
    }

    /** Drops all copies. */
    void clear() {
        objects().forEach(object -> {
            Set<String> fields = fields(object);
            copies.remove(object);
            fields.forEach(field -> changes.changed(object, field, null));
        });
    }

    private void publish(ObjectId object, Copy next, Set<String> fields) {
        Copy previous = copy(object);
        copies.put(object, next);
        for (String field : fields) {
            Value value = next.fields().get(field);
            if (!Objects.equals(previous.fields().get(field), value)) {
                changes.changed(object, field, value);
            }
        }
    }
}
