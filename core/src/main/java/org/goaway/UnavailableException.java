package org.goaway;

/**
 * The cluster could not do it now: a majority of the voters or a member that must take part is out of reach.
 *
 * <p>Nothing was done. Repeating is safe, and helps once the members that the message names are back.
 */
public final class UnavailableException extends GoAwayException {

    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
