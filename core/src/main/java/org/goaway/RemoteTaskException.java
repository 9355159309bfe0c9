package org.goaway;

/**
 * A task ended by an exception; the cause is what the task threw.
 *
 * <p>The cause has its original type where this process knows the class and the exception could travel, with the frames
 * of the member it ran on; a {@link java.util.concurrent.TimeoutException} when the task's own time was up. The message
 * names task and member. Whatever the task did before it threw has happened: whether repeating is safe is for the program
 * to know.
 */
public final class RemoteTaskException extends GoAwayException {

    private static final long serialVersionUID = 1L;

    public RemoteTaskException(String message) {
        super(message);
    }

    public RemoteTaskException(String message, Throwable cause) {
        super(message, cause);
    }
}
