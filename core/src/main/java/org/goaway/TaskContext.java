package org.goaway;

/** What a running task can know of itself; see {@link GoAway#task()}. Safe for any thread. */
public interface TaskContext {

    /** The name it was given, or its id. */
    String name();

    /**
     * Which attempt this is: 1 for the first, more where the member of an earlier one was lost ({@link
     * TaskOptions.Builder#retries}). Earlier ones may have done all of their work or some, and one may still be at it on a
     * member that was out of reach, until that learns that it is over.
     */
    int attempt();

    /** Whether its starter has given it up. Long computations that do not notice interrupts should look now and then. */
    boolean isCancelled();

    /** The member that started it. */
    Member spawner();
}
