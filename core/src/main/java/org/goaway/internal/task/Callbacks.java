package org.goaway.internal.task;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.goaway.internal.output.TaskOutput;

/** Makes the threads on which what depends on tasks runs. */
final class Callbacks {

    private static final int LEAST = 2;

    private Callbacks() {}

    /** First in, first out; a thread that waits for a future is made up for by another. */
    static ForkJoinPool newPool() {
        AtomicInteger count = new AtomicInteger();
        return new ForkJoinPool(
                Math.max(LEAST, Runtime.getRuntime().availableProcessors()),
                pool -> {
                    ForkJoinWorkerThread thread = new Worker(pool);
                    thread.setName("goaway-callback-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                null,
                true,
                0,
                Short.MAX_VALUE,
                1,
                null,
                TimeUnit.SECONDS.toMillis(10),
                TimeUnit.MILLISECONDS);
    }

    /**
     * Runs on {@code callbacks}, and on a thread of its own once those are closed: who depends on a task is told anyway, and
     * never by the calling thread, which may be the event loop.
     */
    static Executor orLater(Executor callbacks) {
        return work -> {
            try {
                callbacks.execute(work);
            } catch (RejectedExecutionException e) {
                Thread late = new Thread(null, work, "goaway-callback-late", 0, false);
                late.setDaemon(true);
                late.setContextClassLoader(Callbacks.class.getClassLoader());
                late.start();
            }
        };
    }

    /** Runs on {@code callbacks} as code that works for {@code scope} and has the classes of {@code loader}. */
    static Executor of(Scope scope, ClassLoader loader, Executor callbacks) {
        return work -> callbacks.execute(() -> {
            Thread thread = Thread.currentThread();
            Scope scopeBefore = Scope.current();
            ClassLoader loaderBefore = thread.getContextClassLoader();
            Scope.set(scope);
            thread.setContextClassLoader(loader);
            try {
                work.run();
            } finally {
                thread.setContextClassLoader(loaderBefore);
                Scope.set(scopeBefore);
            }
        });
    }

    private static final class Worker extends ForkJoinWorkerThread {
        Worker(ForkJoinPool pool) {
            super(pool);
        }

        /** It may be started by a task's thread, and has nothing to do with that task. */
        @Override
        protected void onStart() {
            super.onStart();
            Scope.set(null);
            TaskOutput.leave();
            setContextClassLoader(Callbacks.class.getClassLoader());
        }
    }

    /** A stage whose dependents run on callback threads, and so do theirs. */
    static class Stage<R> extends CompletableFuture<R> {

        private final Executor callbacks;

        Stage(Executor callbacks) {
            this.callbacks = callbacks;
        }

        @Override
        public Executor defaultExecutor() {
            return callbacks;
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new Stage<>(callbacks);
        }
    }
}
