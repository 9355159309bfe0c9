package org.goaway.protocol.weak;

import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;

/**
 * One set of one field.
 *
 * @param value null: the field is removed; the version of a removal is kept like any other
 */
public record FieldSet(ObjectId object, String field, WeakVersion version, Value value) {

    private static final int BESIDE_VALUE = 48;

    /**
     * For how many bytes it counts in what is under way: about those in which it would travel alone. Beside others of its object
     * and writer, which are told once a message, it takes fewer.
     */
    static int bytes(ObjectId object, String field, Value value) {
        return BESIDE_VALUE + object.name().length() + field.length() + (value == null ? 0 : value.bytes().length);
    }

    int bytes() {
        return bytes(object, field, value);
    }
}
