package org.goaway;

import java.util.List;
import java.util.stream.Stream;

/**
 * The tasks of one {@code map} or {@code forEach}, one for each item. Safe for any thread.
 *
 * @param <R> the result of each; {@link Void} for code that returns nothing
 */
public interface TaskGroup<R> {

    /**
     * Waits for all and returns their results, in the order of the items whatever the order they ended in.
     *
     * @throws GoAwayException the failure of the first item, in their order, that failed, as {@link RemoteTask} says; those
     *     that still run are not cancelled
     */
    List<R> join();

    /**
     * The results in the order in which they come; the stream's consumer waits for each. For one consumer.
     *
     * @throws GoAwayException from the stream's terminal operation, when it comes to a task that failed
     */
    Stream<R> asCompleted();

    /** Cancels those that have not ended; running ones are interrupted. Does not wait for them. */
    void cancel();

    /**
     * Shows on {@code System.err} how many have ended, at what rate, and how long the rest will take at that: as a bar on a
     * terminal, else as a line now and then. Does not wait.
     *
     * @return this
     */
    TaskGroup<R> showProgress();
}
