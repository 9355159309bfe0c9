package org.goaway.cli;

import org.goaway.GoAwayException;

/** How a command tells that it failed: GoAway's own messages stand for themselves, anything else shows its type. */
final class Failure {

    private Failure() {}

    static String describe(Throwable failure) {
        return failure instanceof GoAwayException ? failure.getMessage() : failure.toString();
    }
}
