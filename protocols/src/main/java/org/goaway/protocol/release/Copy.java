package org.goaway.protocol.release;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.goaway.protocol.Value;

/** One member's copy of an object at one version. Immutable. */
public final class Copy {

    static final Copy EMPTY = new Copy(0, Map.of());

    private static final int FIELD_BYTES = 8;

    /** A copy's fields, of a class of their own that nobody extends, and not behind a view: a look-up is no virtual call. */
    @SuppressWarnings("serial") // never written by Java's serialization
    static final class Fields extends HashMap<String, Value> {

        private final Copy copy;

        private Fields(Copy copy, Map<String, Value> fields) {
            super(fields);
            this.copy = copy;
        }

        Copy copy() {
            return copy;
        }
    }

    private final long version;

    private final Fields fields;

    /**
     * @param version the token of the last section in it; 0: nothing was ever released
     */
    public Copy(long version, Map<String, Value> fields) {
        this.version = version;
        this.fields = new Fields(this, fields);
    }

    Fields own() {
        return fields;
    }

    /** The token of the last section in it; 0: nothing was ever released. */
    public long version() {
        return version;
    }

    /** The field's value; null: absent. */
    public Value get(String field) {
        return fields.get(field);
    }

    /** All that is present. */
    public Map<String, Value> fields() {
        return Collections.unmodifiableMap(fields);
    }

    /** Roughly how many bytes its fields take in all. */
    public long size() {
        long size = 0;
        for (Map.Entry<String, Value> field : fields.entrySet()) {
            size += sizeOf(field.getKey(), field.getValue());
        }
        return size;
    }

    /** What a field takes with its value. */
    public static long sizeOf(String field, Value value) {
        return sizeOf(field) + value.length();
    }

    /** What a field takes beside its value. */
    public static long sizeOf(String field) {
        return (long) FIELD_BYTES + field.length();
    }

    /** This copy with the diff on top. */
    Copy with(Diff diff) {
        if (diff.base() != version) {
            throw new IllegalArgumentException("a diff on " + diff.base() + " does not fit a copy of " + version);
        }
        Copy next = new Copy(diff.token(), fields);
        diff.written().forEach((field, change) -> {
            Value value = change.applyTo(fields.get(field));
            if (value == null) {
                next.fields.remove(field);
            } else {
                next.fields.put(field, value);
            }
        });
        return next;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Copy copy && version == copy.version && fields.equals(copy.fields);
    }

    @Override
    public int hashCode() {
        return Objects.hash(version, fields);
    }

    @Override
    public String toString() {
        return "version " + version + " " + fields;
    }
}
