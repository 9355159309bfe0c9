package org.goaway.internal.cluster;

/** A node could not become a member; the message says why and what to do next. */
public final class ChannelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ChannelException(String message, Throwable cause) {
        super(message, cause);
    }
}
