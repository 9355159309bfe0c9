package org.goaway.protocol.release;

import org.goaway.protocol.Value;

/** This member's current copy of one object. Written on the event loop, readable from any thread. */
public final class Current {

    private volatile Copy copy = Copy.EMPTY;

    Current() {}

    /** The copy as it is now: a consistent snapshot. */
    public Copy copy() {
        return copy;
    }

    /** The field's value in the copy as it is now; null: absent. */
    public Value get(String field) {
        return copy.get(field);
    }

    void become(Copy next) {
        copy = next;
    }
}
