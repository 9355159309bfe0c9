package org.goaway.protocol.release;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.goaway.protocol.Value;

/**
 * One member's copy of an object at one version.
 *
 * @param version the token of the last section in it; 0: nothing was ever released
 */
public record Copy(long version, Map<String, Value> fields) {

    static final Copy EMPTY = new Copy(0, Map.of());

    public Copy {
        fields = Collections.unmodifiableMap(fields);
    }

    /** How many bytes its values take in all. */
    long size() {
        return fields.values().stream().mapToLong(value -> value.bytes().length).sum();
    }

    /** This copy with the diff on top. */
    Copy with(Diff diff) {
        if (diff.base() != version) {
            throw new IllegalArgumentException("a diff on " + diff.base() + " does not fit a copy of " + version);
        }
        Map<String, Value> next = new HashMap<>(fields);
        diff.written().forEach((field, change) -> {
            Value value = change.applyTo(next.get(field));
            if (value == null) {
                next.remove(field);
            } else {
                next.put(field, value);
            }
        });
        return new Copy(diff.token(), next);
    }
}
