package org.goaway.protocol;

/** Told by a protocol, on the event loop, that this member now sees another value. Must not block or throw. */
@FunctionalInterface
public interface Changes {

    /** {@code value} is what a read at this member returns from now on; null: absent. */
    void changed(ObjectId object, String field, Value value);
}
