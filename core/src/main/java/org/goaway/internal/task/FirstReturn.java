package org.goaway.internal.task;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** The first of several tasks to return, or the last one's failure if all fail. */
final class FirstReturn<R> {

    private final CompletableFuture<Ended<R>> first = new CompletableFuture<>();
    private final AtomicInteger left;

    FirstReturn(List<? extends CompletionStage<R>> tasks) {
        left = new AtomicInteger(tasks.size());
        for (CompletionStage<R> task : tasks) {
            CompletionStage<R> unused = task.whenComplete(this::ended);
        }
    }

    private void ended(R result, Throwable failure) {
        if (failure == null || left.decrementAndGet() == 0) {
            first.complete(new Ended<>(result, failure));
        }
    }

    /** Never completes exceptionally. */
    CompletableFuture<Ended<R>> future() {
        return first;
    }

    /**
     * How a task ended.
     *
     * @param failure null: it returned
     */
    record Ended<R>(R result, Throwable failure) {

        R get() throws ExecutionException {
            if (failure != null) {
                throw new ExecutionException(failure);
            }
            return result;
        }
    }
}
