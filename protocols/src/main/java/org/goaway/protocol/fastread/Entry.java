package org.goaway.protocol.fastread;

import org.goaway.protocol.Value;
import org.goaway.protocol.Version;

/**
 * What one replica holds of one field. Immutable: another state is another entry.
 *
 * @param value null: absent; such an entry is kept only while it is LOCKED
 */
public record Entry(Version version, Value value, State state) {

    /** What a field's version, lengths and tags take. */
    private static final long OVERHEAD = 40;

    /** The entry of a field that was never written, or was removed. */
    public static final Entry ABSENT = new Entry(Version.NONE, null, State.VALID);

    /** Whether a reader may use the value. */
    public enum State {
        /** Committed: every member has it or will wait for it, so it may be returned. */
        VALID,
        /** Proposed by a round of the home: some members may still return the value before it, so readers wait. */
        LOCKED
    }

    /** Whether a reader may return the value. */
    public boolean valid() {
        return state == State.VALID;
    }

    /** How many bytes a field takes in a message, or a little more. */
    static long sizeOf(String field, Value value) {
        return OVERHEAD + 3L * field.length() + (value == null ? 0 : value.bytes().length);
    }

    /** This entry once its round is committed. */
    Entry unlocked() {
        return new Entry(version, value, State.VALID);
    }
}
