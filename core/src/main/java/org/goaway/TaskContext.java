package org.goaway;

/** What a running task can know of itself; see {@link GoAway#task()}. */
public interface TaskContext {

    String name();

    int attempt();

    boolean isCancelled();

    Member spawner();
}
