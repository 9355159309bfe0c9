package org.goaway;

import java.util.List;
import java.util.stream.Stream;

/**
 * The tasks of one {@code map} or {@code forEach}.
 *
 * @param <R> the result of each; {@link Void} for code that returns nothing
 */
public interface TaskGroup<R> {

    List<R> join();

    Stream<R> asCompleted();

    void cancel();

    TaskGroup<R> showProgress();
}
