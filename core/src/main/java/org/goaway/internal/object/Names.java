package org.goaway.internal.object;

import org.goaway.protocol.ObjectId;

/** What messages to people call an object. */
final class Names {

    private Names() {}

    static String of(ObjectId id) {
        return switch (id.kind()) {
                    case STRICT -> "StrictCentralized";
                    case FAST_READ -> "LinFastRead";
                    case WEAK -> "Weak";
                    case RELEASE -> "UpdateOnRelease";
                    case LOCK -> "lock";
                }
                + " '" + id.name() + "'";
    }

    static String of(ObjectId id, String field) {
        return "field '" + field + "' of " + of(id);
    }
}
