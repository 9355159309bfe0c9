package org.goaway;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * A function that was sent to a member, and the promise of its result.
 *
 * @param <R> the result; {@link Void} for code that returns nothing
 */
public interface RemoteTask<R> extends Future<R>, CompletionStage<R> {

    String id();

    Member member();

    TaskStatus status();

    R join();

    @Override
    boolean cancel(boolean mayInterruptIfRunning);

    String explain();

    String output();
}
