package org.goaway.protocol;

/**
 * What a client asks of the linearizable stores (PROTOCOLS.md W1). No user code runs where it is applied: an
 * {@code update} is a read at the caller followed by a {@link SetIf}.
 */
public sealed interface Operation extends Message {

    /** The field it is about; empty for {@link Clear}. */
    String field();

    /** Sets the field; a null value removes it. */
    record Set(String field, Value value) implements Operation {}

    /** Sets the field if its value's encoding equals {@code expected} (null: absent). */
    record CompareAndSet(String field, Value expected, Value next) implements Operation {}

    /** Adds to the field's number; a field never set counts as 0. */
    record Add(String field, long delta) implements Operation {}

    /** Sets the field if its version is still {@code expected}. */
    record SetIf(String field, Version expected, Value next) implements Operation {}

    /** Removes all fields, atomically. */
    record Clear() implements Operation {
        @Override
        public String field() {
            return "";
        }
    }
}
