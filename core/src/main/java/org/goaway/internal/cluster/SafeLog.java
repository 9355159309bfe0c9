package org.goaway.internal.cluster;

import org.apache.logging.log4j.Logger;

/**
 * Tells of failures where others are to go on whatever happens: where there is no memory to say so, nothing is said. That is why
 * the arguments are counted: a list of them would take memory at the caller.
 */
final class SafeLog {

    private SafeLog() {}

    static void error(Logger log, String message, Object one, Object two, Throwable failure) {
        try {
            log.error(message, one, two, failure);
        } catch (Throwable silenced) {
            // Those who wait for the caller come first.
        }
    }

    static void error(Logger log, String message, Object one, Object two, Object three, Throwable failure) {
        try {
            log.error(message, one, two, three, failure);
        } catch (Throwable silenced) {
            // Those who wait for the caller come first.
        }
    }
}
