package org.goaway;

/**
 * There is no open cluster to ask: {@link GoAway#init()} was not called yet, or the cluster was closed.
 *
 * <p>An operation that was under way when its cluster closed may have been done; one that was called afterwards was not.
 */
public final class ClusterClosedException extends GoAwayException {

    private static final long serialVersionUID = 1L;

    public ClusterClosedException(String message) {
        super(message);
    }

    public ClusterClosedException(String message, Throwable cause) {
        super(message, cause);
    }
}
