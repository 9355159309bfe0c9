package org.goaway.protocol.release;

import org.goaway.protocol.Value;

/** This member's current copy of one object. Written on the event loop, readable from any thread. */
public final class Current {

    /** Not the copy, so that a look-up takes a step less. */
    private volatile Copy.Fields fields = Copy.EMPTY.own();

    Current() {}

    /** The copy as it is now: a consistent snapshot. */
    public Copy copy() {
        return fields.copy();
    }

    /** The field's value in the copy as it is now; null: absent. */
    public Value get(String field) {
        return fields.get(field);
    }

    void become(Copy next) {
        fields = next.own();
    }
}
