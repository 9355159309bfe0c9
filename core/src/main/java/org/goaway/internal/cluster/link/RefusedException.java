package org.goaway.internal.cluster.link;

import java.io.IOException;

/** The other end has not proved that it is a member. */
final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
