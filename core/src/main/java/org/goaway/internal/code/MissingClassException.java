package org.goaway.internal.code;

/** A class of an application cannot be had; the message says which, from whom, and what to do. */
public final class MissingClassException extends ClassNotFoundException {

    private static final long serialVersionUID = 1L;

    public MissingClassException(String message) {
        super(message);
    }

    MissingClassException(String message, Throwable cause) {
        super(message, cause);
    }
}
