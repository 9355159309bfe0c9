package org.goaway.protocol.diff;

import java.util.Arrays;
import java.util.Optional;
import org.goaway.protocol.Value;

/**
 * What a section did to one field: set it, edited it, or, with neither, removed it.
 *
 * @param value the field's value; null: it is edited or removed
 * @param patch the edit of the value that the field had; null: it is set or removed
 */
public record Change(Value value, Patch patch) {

    private static final Change REMOVED = new Change(null, null);

    public Change {
        if (value != null && patch != null) {
            throw new IllegalArgumentException("a field is set or edited, not both");
        }
    }

    /** Removes the field. */
    public static Change removed() {
        return REMOVED;
    }

    /** Sets the field. */
    public static Change set(Value value) {
        return value == null ? REMOVED : new Change(value, null);
    }

    /** Edits the field. */
    public static Change edited(Patch patch) {
        return new Change(null, patch);
    }

    /** The smallest change from {@code base} to {@code next}; null means absent. Empty: they are equal. */
    public static Optional<Change> between(Value base, Value next) {
        if (base == null || next == null) {
            return base == null && next == null ? Optional.empty() : Optional.of(set(next));
        }
        byte[] before = base.bytes();
        byte[] after = next.bytes();
        return Arrays.equals(before, after)
                ? Optional.empty()
                : Optional.of(Edits.between(before, after).map(Change::edited).orElseGet(() -> set(next)));
    }

    /** What the field is after it; null: absent. */
    public Value applyTo(Value base) {
        if (patch == null) {
            return value;
        } else if (base == null) {
            throw new IllegalArgumentException("an edit of a field that is absent: " + patch);
        }
        return Patched.of(base, patch);
    }

    /** How many bytes the field's value takes after it; 0: it is absent then. */
    public int resultSize() {
        return patch != null ? patch.length() : value != null ? value.length() : 0;
    }

    /** Roughly how many bytes it takes to tell. */
    public int size() {
        return value != null ? value.length() : patch != null ? patch.bytes().length : 0;
    }
}
