package org.goaway.internal.task;

/** Stands for an exception of a task that could not be brought here itself; it has that one's text and frames. */
final class StandIn extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;

    /** {@code why} tells why it is a stand-in; null: that was told already. */
    StandIn(String type, String message, String why, Throwable cause) {
        super(
                why == null
                        ? message
                        : message + " (told in words: the exception itself could not travel: " + why + ")",
                cause);
        this.type = type;
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // a stack trace is to show the class that it stands for
    public String toString() {
        return getMessage() == null ? type : type + ": " + getMessage();
    }
}
