package org.goaway.internal.task;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.goaway.GoAwayException;
import org.goaway.Member;
import org.goaway.RemoteTask;
import org.goaway.RemoteTaskException;
import org.goaway.TaskOptions;
import org.goaway.TaskStatus;
import org.goaway.internal.code.Application;
import org.goaway.internal.output.PrintedTask;
import org.goaway.internal.output.Tail;
import org.goaway.internal.output.Thrown;
import org.goaway.internal.task.Result.Ending;
import org.goaway.protocol.MemberId;

/**
 * A task at its spawner. {@link #arrived} is completed by the event loop as soon as the end is known and wakes who waits;
 * the result is decoded by the first who needs it, never by the loop; and then what depends on this future runs on a
 * callback thread. A thread for that is woken at once only if something does: most tasks are waited for by a thread. Safe for any thread; the status is guarded by the monitor, which the loop takes,
 * and what is decoded by a lock of its own, under which code of the program may run and wait for that loop.
 */
final class SpawnedTask<R> extends Callbacks.Stage<R> implements RemoteTask<R>, PrintedTask {

    /** Who waits for less looks again and again; beside so much a glance is nothing. */
    private static final Duration LONG = Duration.ofMillis(10);

    private final TaskId id;
    private final TaskOptions options;
    private final Application application;
    private final Spawner spawner;
    private final CompletableFuture<Void> arrived = new CompletableFuture<>();
    private final Tail tail = new Tail();
    /** What its members know it by; 0 as long as it has not been sent. */
    private volatile long number;

    private TaskStatus status = TaskStatus.PENDING;
    private Member member;
    private MemberId placedAt;
    private boolean letGo;
    private Runnable afterLetGo;

    /** Whether something may come to depend on it any moment; guarded by {@link #completing}. */
    private boolean dependedOn;

    private final Object completing = new Object();
    private final Object decoding = new Object();
    /** Null before the end is known, and once it is decoded: else the result would be kept twice. */
    private Outcome undecoded;

    private boolean decoded;
    private R result;
    private RuntimeException failure;

    SpawnedTask(TaskId id, TaskOptions options, Application application, Spawner spawner) {
        super(Callbacks.of(Scope.ofProgram(), application.loader(), spawner.callbacks()));
        this.id = id;
        this.options = options;
        this.application = application;
        this.spawner = spawner;
    }

    TaskOptions options() {
        return options;
    }

    Application application() {
        return application;
    }

    @Override
    public Tail tail() {
        return tail;
    }

    @Override
    public Throwable understand(Thrown thrown) {
        return thrown instanceof Failure failure ? failure.toThrowable(application.codec()) : thrown.inWords();
    }

    @Override
    public String name() {
        return options.name().orElseGet(id::toString);
    }

    @Override
    public String id() {
        return id.toString();
    }

    @Override
    public synchronized Member member() {
        return member;
    }

    @Override
    public synchronized TaskStatus status() {
        return status;
    }

    @Override
    public String output() {
        return tail.text();
    }

    long number() {
        return number;
    }

    void numbered(long given) {
        number = given;
    }

    /** It is to run at {@code to}, for the first time or after it was lost elsewhere. */
    synchronized void placed(MemberId id, Member to) {
        placedAt = id;
        member = to;
        if (status == TaskStatus.RUNNING) {
            status = TaskStatus.PENDING;
        }
    }

    synchronized MemberId placedAt() {
        return placedAt;
    }

    synchronized void started() {
        if (status == TaskStatus.PENDING) {
            status = TaskStatus.RUNNING;
        }
    }

    /** Ends it; false if it has ended already. Quick, for the event loop. */
    boolean end(Outcome outcome) {
        synchronized (this) {
            if (arrived.isDone()) {
                return false;
            }
            status = outcome.status();
            spawner.count(status); // before anybody knows
            undecoded = outcome;
            arrived.complete(null);
        }
        if (getNumberOfDependents() > 0) {
            publish();
        } else {
            spawner.publishSoon(this);
        }
        return true;
    }

    /** What is about to depend on it runs on no thread that waits for it, and need not wait for the tick. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        synchronized (completing) {
            dependedOn = true;
        }
        if (arrived.isDone() && !super.isDone()) {
            publish();
        }
        return super.newIncompleteFuture();
    }

    /** Runs {@code action} on a callback thread once it has ended. */
    void whenEnded(Runnable action) {
        CompletableFuture<Void> unused = arrived.thenRunAsync(action, spawner.callbacks());
    }

    /** Its member has told its end, or has left: of a cancelled task that is later than its end here. */
    void letGo() {
        Runnable after;
        synchronized (this) {
            letGo = true;
            after = afterLetGo;
        }
        if (after != null) {
            spawner.callbacks().execute(after);
        }
    }

    /** Runs {@code action} once its member has nothing to do with it any more; for one caller. */
    void whenLetGo(Runnable action) {
        synchronized (this) {
            if (!letGo) {
                afterLetGo = action;
                return;
            }
        }
        action.run();
    }

    /** Has this future completed by a callback thread, for what depends on it; again and again if need be. */
    void publish() {
        defaultExecutor().execute(() -> {
            if (!super.isDone()) {
                decode();
                complete();
            }
        });
    }

    /** By a thread that waits for it or asks: only where that runs nothing else. A callback thread need not wake up then. */
    private void completeAlone() {
        if (super.isDone()) {
            return;
        }
        synchronized (completing) {
            if (!dependedOn && getNumberOfDependents() == 0) {
                complete();
            }
        }
    }

    private void complete() {
        if (failure == null) {
            complete(result);
        } else {
            completeExceptionally(failure);
        }
    }

    @SuppressWarnings("unchecked") // what the function returned is of the type that its signature says
    private void decode() {
        synchronized (decoding) {
            if (decoded) {
                return;
            }
            arrived.join();
            Outcome outcome = undecoded;
            try {
                if (outcome.failure() != null) {
                    failure = outcome.failure();
                } else if (outcome.status() == TaskStatus.DONE) {
                    result = (R) application.codec().decode(outcome.told().result());
                } else {
                    failure = failureOf(outcome.told());
                }
            } catch (Throwable e) { // code of the program runs, and the memory may be full; those who wait must be told
                failure = new RemoteTaskException(describe() + " returned, but its result could not be read here", e);
            }
            undecoded = null;
            decoded = true;
        }
    }

    private RuntimeException failureOf(Result told) {
        Failure thrown = told.failure();
        if (told.ending() == Ending.TIME_WAS_UP) {
            TimeoutException cause = new TimeoutException(
                    "it ran longer than its timeout of " + options.timeout().orElseThrow());
            cause.setStackTrace(thrown.elements());
            return new RemoteTaskException(describe() + " failed: " + cause.getMessage(), cause);
        }
        String hint = thrown.hint() == null ? "" : "; " + thrown.hint();
        return new RemoteTaskException(
                describe() + " failed: " + thrown.headline() + hint, thrown.toThrowable(application.codec()));
    }

    /** "task 'name' on member". */
    String describe() {
        Member at = member();
        return "task '" + name() + "'" + (at == null ? "" : " on " + at.name());
    }

    private void awaitEnd(Duration atMost) throws InterruptedException, TimeoutException {
        if (RunningTask.ofThread() == null && (atMost == null || atMost.compareTo(LONG) >= 0)) {
            // Behind a later one it is one of many: those keep the processors busy, and need them.
            Glance.until(() -> arrived.isDone() || !spawner.isLatest(id));
        }
        spawner.waits()
                .await(
                        arrived,
                        atMost,
                        () -> describe() + ", which is " + status(),
                        () -> status() == TaskStatus.PENDING ? explain() : null);
        decode();
        completeAlone();
    }

    @Override
    public R join() {
        try {
            awaitEnd(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GoAwayException("interrupted while waiting for " + describe() + "; the task goes on", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("a wait without bound ended", e);
        }
        if (failure != null) {
            throw failure;
        }
        return result;
    }

    @Override
    public R get() throws InterruptedException, ExecutionException {
        try {
            awaitEnd(null);
        } catch (TimeoutException e) {
            throw new IllegalStateException("a wait without bound ended", e);
        }
        return outcome();
    }

    @Override
    public R get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        awaitEnd(Duration.ofNanos(unit.toNanos(timeout)));
        return outcome();
    }

    private R outcome() throws ExecutionException {
        if (failure instanceof CancellationException cancelled) {
            throw cancelled;
        }
        if (failure != null) {
            throw new ExecutionException(failure);
        }
        return result;
    }

    @Override
    public R getNow(R otherwise) {
        return isDone() ? join() : otherwise;
    }

    /**
     * Who asks is told the same by all of this future's methods, but where something depends on it: then {@code state()},
     * {@code resultNow()} and {@code exceptionNow()} of newer Javas, which see what it is completed with, follow once a callback
     * thread has completed it. A thread that asks must not run what depends on it.
     */
    @Override
    public boolean isDone() {
        if (hasEnded() && !super.isDone() && getNumberOfDependents() == 0) {
            decode();
            completeAlone();
        }
        return hasEnded();
    }

    /** Like {@link #isDone()}, and runs nothing. */
    boolean hasEnded() {
        return arrived.isDone();
    }

    boolean isPublished() {
        return super.isDone();
    }

    @Override
    public boolean isCancelled() {
        return status() == TaskStatus.CANCELLED;
    }

    @Override
    public boolean isCompletedExceptionally() {
        return isDone() && status() != TaskStatus.DONE;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        Outcome cancelled = new Outcome(
                TaskStatus.CANCELLED, null, new CancellationException(describe() + " was cancelled by its spawner"));
        if (end(cancelled)) {
            spawner.cancelled(this, mayInterruptIfRunning);
            return true;
        }
        return isCancelled();
    }

    /** A copy: what others do to it does not change this task. */
    @Override
    public CompletableFuture<R> toCompletableFuture() {
        return copy();
    }

    @Override
    public String explain() {
        return spawner.explain(this);
    }

    /**
     * How a task ended for its spawner, before its result is decoded.
     *
     * @param status DONE, FAILED or CANCELLED
     * @param told what the member told; null if it told nothing
     * @param failure what {@code join} throws; null if that is made of {@code told}
     */
    record Outcome(TaskStatus status, Result told, RuntimeException failure) {

        static Outcome failed(RuntimeException failure) {
            return new Outcome(TaskStatus.FAILED, null, failure);
        }
    }
}
