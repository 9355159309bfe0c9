package org.goaway.internal.object;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.goaway.protocol.Value;
import org.goaway.protocol.diff.ArrayTwin;
import org.goaway.protocol.diff.Change;
import org.goaway.protocol.diff.Patch;

/**
 * The array that an application has for one field, and what the field is. Other members' changes come in on the event loop,
 * never while a section of this member lasts; the section's thread compares.
 */
final class LiveArray {

    /** What the field has to do with the array. */
    enum State {
        /** The field is not set: the array has zeros, but for what this member changed. */
        ABSENT,
        /** The twin has what the field has. */
        PRESENT,
        /** The field has something that is not this array: another type or length. */
        OTHER,
        /** What the field has is not known: this member was out, and the array is as it was. */
        UNKNOWN
    }

    private final Object array;
    private final ArrayTwin twin;
    private final byte[] head;
    private final Supplier<Value> encoded;
    private volatile State state = State.UNKNOWN;

    /**
     * @param array new, of zeros
     * @param elements how many bytes its elements take
     * @param encoded its encoding whenever asked
     */
    LiveArray(Object array, int elements, Supplier<Value> encoded) {
        byte[] zeros = encoded.get().bytes();
        this.array = array;
        this.encoded = encoded;
        this.head = Arrays.copyOf(zeros, zeros.length - elements);
        this.twin = new ArrayTwin(array, head.length);
    }

    /** The program's array. */
    Object array() {
        return array;
    }

    State state() {
        return state;
    }

    /** Whether the value is an array of this type and length. */
    boolean fits(Value value) {
        byte[] bytes = value.bytes();
        return bytes.length == twin.encodedLength() && Arrays.equals(bytes, 0, head.length, head, 0, head.length);
    }

    /** The field was edited. On the event loop. */
    void edited(Patch patch, Value value) {
        if (state != State.PRESENT || !twin.apply(patch)) {
            replaced(value);
        }
    }

    /** The field has this value; null: none. On the event loop. */
    void replaced(Value value) {
        if (value == null) {
            twin.clear();
            state = State.ABSENT;
        } else if (fits(value)) {
            twin.fill(value.bytes());
            state = State.PRESENT;
        } else {
            state = State.OTHER;
        }
    }

    /** What the field has is not known any more. On the event loop. */
    void cleared() {
        state = State.UNKNOWN;
    }

    /** Takes back what was changed here. On the event loop. */
    void rollBack() {
        twin.rollBack();
    }

    /** The section sets the field to what fits, or removes it (null): the array shows it at once. */
    void show(Object elements) {
        int length = Array.getLength(array);
        Object shown = elements == null ? Array.newInstance(array.getClass().getComponentType(), length) : elements;
        System.arraycopy(shown, 0, array, 0, length);
    }

    /** Whether it has nothing but zeros. */
    boolean isZero() {
        return twin.isZero();
    }

    /** Whether the section's thread changed it. */
    boolean isChanged() {
        return twin.isChanged();
    }

    /** What the section did to the array; empty: nothing. */
    Optional<Change> difference() {
        if (state == State.PRESENT) {
            return twin.isChangedThroughout()
                    ? Optional.of(whole())
                    : twin.difference()
                            .map(patch -> patch.bytes().length < twin.encodedLength()
                                    ? Change.edited(patch)
                                    : Change.set(encoded.get()));
        }
        return state == State.ABSENT && twin.isChanged() ? Optional.of(Change.set(encoded.get())) : Optional.empty();
    }

    /** What sets the field to the array as it is now. */
    Change whole() {
        return Change.set(encoded.get());
    }
}
