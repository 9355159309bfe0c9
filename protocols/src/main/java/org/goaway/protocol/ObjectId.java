package org.goaway.protocol;

import java.util.Objects;

/** The cluster-wide identity of a shared object: handles of the same kind and name mean the same object. */
public record ObjectId(Kind kind, String name) {

    /** What an object promises; one kind for each protocol. */
    public enum Kind {
        STRICT,
        FAST_READ,
        WEAK,
        RELEASE,
        LOCK
    }

    public ObjectId {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
    }

    @Override
    public String toString() {
        return kind + " '" + name + "'";
    }
}
