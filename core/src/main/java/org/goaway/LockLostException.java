package org.goaway;

/**
 * The lock that this thread held is no longer its own.
 *
 * <p>Another may hold it by now. What was written under it to a {@link UpdateOnRelease} object and not yet released is
 * dropped whole; what was written to other objects stays.
 */
public final class LockLostException extends GoAwayException {

    private static final long serialVersionUID = 1L;

    public LockLostException(String message) {
        super(message);
    }

    public LockLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
