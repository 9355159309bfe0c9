package org.goaway.internal.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.ClusterClosedException;
import org.goaway.NotTransferableException;
import org.goaway.RemoteCallable;
import org.goaway.RemoteExecutor;
import org.goaway.RemoteJob;
import org.goaway.RemoteTask;
import org.goaway.TaskOptions;
import org.goaway.TaskStatus;
import org.goaway.UnavailableException;

/**
 * A spawner as a {@link RemoteExecutor}: knows which of its own tasks have not ended. Safe for any thread; the state is
 * guarded by the monitor, which is not held while a task is encoded.
 */
final class TaskExecutor implements RemoteExecutor {

    private static final Logger LOG = LogManager.getLogger(TaskExecutor.class);

    private final Spawner spawner;
    private final TaskOptions options;
    private final Set<SpawnedTask<?>> unfinished = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();
    private CompletableFuture<Object> over;
    /** How many are being encoded and sent, and not in {@link #unfinished} yet. */
    private int starting;

    private boolean shutdown;
    private boolean stopped;

    TaskExecutor(Spawner spawner, TaskOptions options) {
        this.spawner = spawner;
        this.options = options;
    }

    @Override
    public <R> RemoteTask<R> submit(RemoteCallable<R> task) {
        return start(Shape.CALLABLE, task);
    }

    @Override
    public <R> RemoteTask<R> submit(Callable<R> task) {
        return start(Shape.CALLABLE, task);
    }

    @Override
    public RemoteTask<?> submit(RemoteJob task) {
        return start(Shape.JOB, task, null);
    }

    @Override
    public RemoteTask<?> submit(Runnable task) {
        return start(Shape.JOB, task, null);
    }

    @Override
    public <R> RemoteTask<R> submit(RemoteJob task, R result) {
        return start(Shape.JOB, task, result);
    }

    @Override
    public <R> RemoteTask<R> submit(Runnable task, R result) {
        return start(Shape.JOB, task, result);
    }

    @Override
    public void execute(RemoteJob task) {
        execute((Runnable) task);
    }

    @Override
    public void execute(Runnable task) {
        SpawnedTask<?> started = start(Shape.JOB, task, null);
        CompletableFuture<?> unused = started.whenComplete((none, failure) -> {
            if (failure instanceof ClusterClosedException) {
                // Who closed it knows that it leaves some undone, and there may be very many.
                LOG.debug("{}, and nobody waits for it", failure.getMessage());
            } else if (failure != null && !(failure instanceof CancellationException)) {
                LOG.warn("{}, and nobody waits for it", failure.getMessage(), failure);
            }
        });
    }

    private <R> SpawnedTask<R> start(Shape shape, Object... work) {
        Objects.requireNonNull(work[0], "task");
        starts();
        SpawnedTask<R> task = null;
        try {
            task = spawner.start(options, shape, work);
        } catch (NotTransferableException e) {
            throw Untransferable.refusal(work[0], e);
        } catch (ClusterClosedException | UnavailableException e) {
            throw new RejectedExecutionException(e.getMessage(), e);
        } finally {
            started(task);
        }
        return task;
    }

    private synchronized void starts() {
        if (shutdown) {
            throw new RejectedExecutionException(
                    "this executor was shut down: submit before shutdown(), or ask the cluster for another executor");
        }
        starting++;
    }

    /** {@code task} was sent; null: it could not be. */
    private void started(SpawnedTask<?> task) {
        boolean late;
        synchronized (this) {
            starting--;
            if (task != null) {
                unfinished.add(task);
            }
            late = stopped;
        }
        if (task == null) {
            endIfOver();
            return;
        }
        task.whenEnded(() -> {
            if (task.isCancelled()) {
                task.whenLetGo(() -> ended(task));
            } else {
                ended(task);
            }
        });
        if (late) {
            task.cancel(true);
        }
    }

    private void ended(SpawnedTask<?> task) {
        unfinished.remove(task);
        endIfOver();
    }

    private synchronized void endIfOver() {
        if (shutdown && starting == 0 && unfinished.isEmpty()) {
            terminated.complete(null);
        }
    }

    @Override
    public synchronized void shutdown() {
        shutdown = true;
        endIfOver();
    }

    @Override
    public List<Runnable> shutdownNow() {
        synchronized (this) {
            stopped = true;
            shutdown();
        }
        unfinished.forEach(task -> task.cancel(true));
        return new ArrayList<>();
    }

    @Override
    public synchronized boolean isShutdown() {
        return shutdown || spawner.closed().isDone();
    }

    @Override
    public boolean isTerminated() {
        return terminated.isDone() || spawner.closed().isDone();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        try {
            await(over(), Duration.ofNanos(unit.toNanos(timeout)), () -> unfinished.size() + " tasks of an executor");
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** One future for all who wait: what waits for the cluster's end stays with the cluster. */
    private synchronized CompletableFuture<Object> over() {
        if (over == null) {
            over = CompletableFuture.anyOf(terminated, spawner.closed());
        }
        return over;
    }

    @Override
    public void close() {
        shutdown();
        boolean interrupted = false;
        while (!isTerminated()) {
            try {
                awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
                shutdownNow();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) throws InterruptedException {
        return invokeAll(tasks, Long.MAX_VALUE);
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException {
        return invokeAll(tasks, unit.toNanos(timeout));
    }

    private <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long nanos)
            throws InterruptedException {
        long since = System.nanoTime();
        List<RemoteTask<T>> started = new ArrayList<>();
        try {
            startAll(tasks, started);
            for (RemoteTask<T> task : started) {
                awaitEnd(task, nanos - (System.nanoTime() - since));
            }
            return new ArrayList<>(started);
        } catch (TimeoutException e) {
            return new ArrayList<>(started);
        } finally {
            started.forEach(task -> task.cancel(true)); // one that has ended stays as it is
        }
    }

    private static void awaitEnd(RemoteTask<?> task, long nanos) throws InterruptedException, TimeoutException {
        try {
            task.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | CancellationException e) {
            // Its future tells.
        }
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) throws InterruptedException, ExecutionException {
        try {
            return invokeAny(tasks, null);
        } catch (TimeoutException e) {
            throw new IllegalStateException("a wait without bound ended", e);
        }
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return invokeAny(tasks, Duration.ofNanos(unit.toNanos(timeout)));
    }

    private <T> T invokeAny(Collection<? extends Callable<T>> tasks, Duration atMost)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("there are no tasks of which one could return");
        }
        List<RemoteTask<T>> started = new ArrayList<>();
        try {
            startAll(tasks, started);
            return await(new FirstReturn<>(started).future(), atMost, () -> "one of " + started.size() + " tasks")
                    .get();
        } finally {
            started.forEach(task -> task.cancel(true));
        }
    }

    /** Starts the tasks into {@code started}, which has those that were started if one is refused. */
    private <T> void startAll(Collection<? extends Callable<T>> tasks, List<RemoteTask<T>> started) {
        for (Callable<T> task : tasks) {
            started.add(start(Shape.CALLABLE, task));
        }
    }

    private <T> T await(CompletableFuture<T> future, Duration atMost, java.util.function.Supplier<String> reason)
            throws InterruptedException, TimeoutException {
        return spawner.waits().await(future, atMost, reason, this::whyNoneRuns);
    }

    /** Null: a task runs. */
    private String whyNoneRuns() {
        String why = "";
        for (RemoteTask<?> task : unfinished) {
            if (task.status() == TaskStatus.RUNNING) {
                return null;
            }
            why = why.isEmpty() ? task.explain() : why;
        }
        return why;
    }

    @Override
    public String toString() {
        String state = isTerminated() ? "terminated" : isShutdown() ? "shut down" : "running";
        return "executor of " + spawner.self() + ", " + state + ", " + unfinished.size() + " unfinished tasks";
    }
}
