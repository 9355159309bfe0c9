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

    /** About how many bytes it takes, in memory and when it travels. */
    static int bytes(ObjectId object, String field, Value value) {
        return BESIDE_VALUE + object.name().length() + field.length() + (value == null ? 0 : value.bytes().length);
    }

    int bytes() {
        return bytes(object, field, value);
    }
}
