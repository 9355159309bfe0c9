package org.goaway.internal.object;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;

/**
 * What a thread has set in its section, and the copies that it works on. One user: that thread. A working copy is the
 * section's own, so that readers outside never see it half changed; its twin is its encoding before any change.
 */
final class Workspace {

    /** A copy that may be changed in place. */
    private record Working(Object object, Value twin) {}

    private final ObjectId id;
    private final Values values;
    private final Map<String, Value> written = new LinkedHashMap<>();
    private final Map<String, Working> working = new LinkedHashMap<>();

    Workspace(ObjectId id, Values values) {
        this.id = id;
        this.values = values;
    }

    /** Sets the field; null removes it. */
    void write(String field, Value value) {
        working.remove(field);
        written.put(field, value);
    }

    boolean isWritten(String field) {
        return written.containsKey(field);
    }

    /** What the section set the field to; null: removed, or not set. */
    Value written(String field) {
        return written.get(field);
    }

    /** Takes back that the section set the field. */
    void unwrite(String field) {
        written.remove(field);
    }

    /** The names of the fields that the section set. */
    Set<String> fields() {
        return written.keySet();
    }

    /**
     * The section's copy of the field's value.
     *
     * @param copy the value that the member's copy has
     */
    Object open(String field, Value copy) {
        Working known = working.get(field);
        if (known != null) {
            return known.object();
        }
        Value value = isWritten(field) ? written.get(field) : copy;
        Object shared = values.decode(value);
        if (shared == null || values.isImmutable(shared)) {
            return shared;
        }
        Object own = values.decodeOnce(value);
        working.put(field, new Working(own, values.twin(id, field, own, value)));
        return own;
    }

    /** Takes what was changed in the field's working copy as set, and forgets the copy. */
    void settle(String field) {
        Working copy = working.remove(field);
        if (copy != null) {
            Value value = values.encode(id, field, copy.object());
            if (!value.equals(copy.twin())) {
                written.put(field, value);
            }
        }
    }

    /** As {@link #settle(String)}, for all. */
    void settle() {
        Set.copyOf(working.keySet()).forEach(this::settle);
    }
}
