package org.goaway;

/**
 * No answer came in time, or the thread that waited for it was interrupted (its interrupt flag is set then): the operation may
 * have been done, may still be done, or never.
 *
 * <p>Read before repeating, unless doing it twice is harmless.
 */
public final class OutcomeUnknownException extends GoAwayException {

    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(String message) {
        super(message);
    }

    public OutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
