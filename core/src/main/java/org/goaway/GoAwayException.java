package org.goaway;

/**
 * The root of everything that GoAway throws on its own account. Unchecked; each message says what to do next.
 *
 * <p>Thrown itself where no narrower type fits: no runtime on the class path, a node that cannot start, an interrupted
 * wait in a method that does not declare {@link InterruptedException} (the interrupt flag is set then). Where a write was waited
 * for, that is an {@link OutcomeUnknownException}.
 */
public class GoAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public GoAwayException(String message) {
        super(message);
    }

    public GoAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
