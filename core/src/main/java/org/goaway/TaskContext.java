package org.goaway;

/** What a running task can know of itself; see {@link GoAway#task()}. Safe for any thread. */
public interface TaskContext {

    /** The name it was given, or its id. */
    String name();

    /** Which attempt this is: 1 for the first. A task is not repeated in this version. */
    int attempt();

    /** Whether its starter has given it up. Long computations that do not notice interrupts should look now and then. */
    boolean isCancelled();

    /** The member that started it. */
    Member spawner();
}
