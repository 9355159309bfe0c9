package org.goaway;

/**
 * A member left the cluster, and what was asked for needed it.
 *
 * <p>{@link #mayHaveRun()} tells whether the work may have been done. If it is false, nothing happened: repeating is safe,
 * on another member.
 */
public final class MemberLeftException extends GoAwayException {

    private static final long serialVersionUID = 1L;

    private final boolean mayHaveRun;

    public MemberLeftException(String message, boolean mayHaveRun) {
        super(message);
        this.mayHaveRun = mayHaveRun;
    }

    public MemberLeftException(String message, boolean mayHaveRun, Throwable cause) {
        super(message, cause);
        this.mayHaveRun = mayHaveRun;
    }

    /** Whether the task may have started, and so may have done some or all of its work. */
    public boolean mayHaveRun() {
        return mayHaveRun;
    }
}
