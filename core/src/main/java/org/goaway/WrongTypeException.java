package org.goaway;

/**
 * A field holds a value of another type than the one asked for, or a number that the type cannot hold without loss.
 *
 * <p>The message names object, field and both types. Nothing was changed.
 */
public final class WrongTypeException extends GoAwayException {

    private static final long serialVersionUID = 1L;

    public WrongTypeException(String message) {
        super(message);
    }

    public WrongTypeException(String message, Throwable cause) {
        super(message, cause);
    }
}
