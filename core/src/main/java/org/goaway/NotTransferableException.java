package org.goaway;

/**
 * A value, an argument, a result or a function cannot travel; the message names the class and the path of fields to it, or
 * says that it is too large.
 *
 * <p>Nothing was sent or changed. Leave the named thing out: make it on the member that needs it, or pass what it is made
 * from; divide what is too large.
 */
public final class NotTransferableException extends GoAwayException {

    private static final long serialVersionUID = 1L;

    public NotTransferableException(String message) {
        super(message);
    }

    public NotTransferableException(String message, Throwable cause) {
        super(message, cause);
    }
}
