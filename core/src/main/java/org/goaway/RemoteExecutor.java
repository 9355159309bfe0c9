package org.goaway;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The members of a cluster as an {@link ExecutorService}: what is submitted here runs on some of them.
 *
 * <p>It keeps java.util.concurrent's contracts. Its tasks are those of {@link TaskStarter}, with the same placement, copies
 * of what they capture, failures and output; none waits for another of the executor, and those that
 * find no free slot stay with this member until another has room. An executor is a list of its own tasks and no more: making one costs nothing, several do not know of each other,
 * and shutting one down ends neither the cluster nor its other tasks. When the cluster is closed the executor is shut down and
 * terminated.
 *
 * <p>A lambda or method reference that is written where {@code submit} or {@code execute} is called travels: javac takes it
 * for a {@link RemoteCallable} or {@link RemoteJob}. What was typed as a plain {@link Callable} or {@link Runnable} travels
 * only if it is an object of a class of the program's own that can (see {@link NotTransferableException}); a lambda cannot. So
 * lists for {@code invokeAll} and {@code invokeAny} are lists of {@code RemoteCallable}. Tasks of other libraries that report
 * to a future of this process are refused, {@code CompletableFuture.supplyAsync(f, executor)}'s among them: every
 * {@link RemoteTask} is a {@link java.util.concurrent.CompletionStage} itself.
 *
 * <pre>{@code
 * RemoteExecutor executor = cluster.executor();
 * RemoteTask<Integer> square = executor.submit(() -> 7 * 7);
 * List<RemoteCallable<Integer>> all = List.of(() -> 1, () -> 2);
 * List<Future<Integer>> done = executor.invokeAll(all);
 * }</pre>
 *
 * <p>All methods that start tasks throw
 *
 * <ul>
 *   <li>{@link RejectedExecutionException} after a shutdown, when the cluster is closed (caused by
 *       {@link ClusterClosedException}), and when no member may run it (caused by {@link UnavailableException});
 *   <li>{@link NotTransferableException} when the task cannot travel; it says what to write instead;
 *   <li>{@link NullPointerException} for no task.
 * </ul>
 *
 * Nothing was started then. Safe for any thread, and for tasks: one that waits here lets others run meanwhile.
 */
@SuppressWarnings({"overloads", "FunctionalInterfaceClash"
}) // javac takes the most specific, which is the one that travels
public interface RemoteExecutor extends ExecutorService, AutoCloseable {

    /** Starts a function. Does not wait. */
    <R> RemoteTask<R> submit(RemoteCallable<R> task);

    /** Starts code without a result; the task's result is null. Does not wait. */
    RemoteTask<?> submit(RemoteJob task);

    /**
     * Starts code whose result is {@code result}. That travels with it and back: the task returns a copy, which has what the
     * job did to it if the job captured it.
     */
    <R> RemoteTask<R> submit(RemoteJob task, R result);

    /** Starts code that nobody waits for. When it fails, one WARN with the exception is logged here. */
    void execute(RemoteJob task);

    /** Starts a function whose class can travel; a lambda of this type cannot, and is refused. */
    @Override
    <R> RemoteTask<R> submit(Callable<R> task);

    /** Starts code whose class can travel; a lambda of this type cannot, and is refused. */
    @Override
    RemoteTask<?> submit(Runnable task);

    /** Does what {@link #submit(RemoteJob, Object)} does, for code whose class can travel. */
    @Override
    <R> RemoteTask<R> submit(Runnable task, R result);

    /** Does what {@link #execute(RemoteJob)} does, for code whose class can travel. */
    @Override
    void execute(Runnable task);

    /**
     * Starts all and waits until each has ended, one way or another.
     *
     * @return the tasks in the order of {@code tasks}, all done; each is a {@link RemoteTask}
     * @throws InterruptedException if this thread is interrupted; those that have not ended are cancelled, as they are when
     *     one of them is refused
     */
    @Override
    <T> List<java.util.concurrent.Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
            throws InterruptedException;

    /** Does what {@link #invokeAll(Collection)} does, and cancels those that have not ended when the time is up. */
    @Override
    <T> List<java.util.concurrent.Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * Starts all at once, waits for the first that returns, gives its result and cancels the others; these may have run,
     * wholly or in part.
     *
     * @throws ExecutionException if all have failed, with the failure of the last one as cause
     * @throws IllegalArgumentException if there are none
     */
    @Override
    <T> T invokeAny(Collection<? extends Callable<T>> tasks) throws InterruptedException, ExecutionException;

    /**
     * Does what {@link #invokeAny(Collection)} does, for so long at most.
     *
     * @throws TimeoutException if none had returned then; all are cancelled
     */
    @Override
    <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException;

    /** Refuses new tasks from now on; those that were started go on. Does not wait. Idempotent. */
    @Override
    void shutdown();

    /**
     * Refuses new tasks, and cancels those that have not ended, with an interrupt. Does not wait.
     *
     * @return always an empty list: what was submitted was sent as a copy and has a future, which tells that it was cancelled; there
     *     is no {@link Runnable} left that could be run elsewhere
     */
    @Override
    List<Runnable> shutdownNow();

    /** Whether it takes no tasks any more: it was shut down, or the cluster is closed. */
    @Override
    boolean isShutdown();

    /**
     * Whether it is shut down and none of its tasks runs any more. A cancelled task runs until its member has told its end,
     * or has left; one whose own time was up counts as ended, however its thread takes the interrupt.
     */
    @Override
    boolean isTerminated();

    /** Waits until {@link #isTerminated()}, for so long at most; whether it is. */
    @Override
    boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * Shuts down and waits for the tasks, without bound. An interrupt of the waiting thread cancels them as
     * {@link #shutdownNow()} does, and is kept.
     */
    @Override
    void close();
}
