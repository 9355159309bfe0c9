package org.goaway.internal.task;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.Member;
import org.goaway.TaskContext;
import org.goaway.internal.code.Application;
import org.goaway.internal.code.Applications;
import org.goaway.internal.output.Forwarder;
import org.goaway.internal.output.TaskLog;
import org.goaway.internal.output.TaskOutput;
import org.goaway.internal.task.TaskMessage.Blocked;
import org.goaway.internal.task.TaskMessage.Ending;
import org.goaway.internal.task.TaskMessage.Envelope;
import org.goaway.internal.task.TaskMessage.Finished;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Transport;

/**
 * A task at the member that runs it. {@link #run()} is called once, by the thread that is to run it; everything else by any
 * thread. The state is guarded by the monitor.
 */
final class RunningTask implements Slots.Job, TaskContext {

    /**
     * What it needs of its member.
     *
     * @param tell tells a spawner how a task ended
     * @param forwarder null: what tasks print is left to the process's streams
     * @param started told when its thread has entered it
     * @param ended told when its thread is free, or when it never ran
     */
    record Place(
            Transport transport,
            BiConsumer<MemberId, Finished> tell,
            Applications applications,
            Forwarder forwarder,
            Slots slots,
            TaskHost host,
            Consumer<RunningTask> started,
            Consumer<RunningTask> ended) {}

    private static final Logger LOG = LogManager.getLogger(RunningTask.class);

    private static final ThreadLocal<RunningTask> OF_THREAD = new ThreadLocal<>();

    private final Envelope envelope;
    private final Place place;
    private Thread thread;
    private Scope scope;
    private long startedAt;
    private boolean reported;
    private boolean mute;
    private boolean leaving;
    private boolean exiting;
    private volatile boolean cancelled;

    RunningTask(Envelope envelope, Place place) {
        this.envelope = envelope;
        this.place = place;
    }

    /** The task that the current thread itself runs; null on any other thread, also on those that tasks start. */
    static RunningTask ofThread() {
        return OF_THREAD.get();
    }

    Envelope envelope() {
        return envelope;
    }

    @Override
    public void run() {
        if (begin()) {
            place.started().accept(this);
            Finished finished = runInScope();
            end();
            report(finished);
        }
        place.ended().accept(this);
    }

    private synchronized boolean begin() {
        if (cancelled) {
            report(ending(Ending.NEVER_STARTED, null, null));
            return false;
        }
        thread = Thread.currentThread();
        startedAt = System.nanoTime();
        OF_THREAD.set(this);
        return true;
    }

    private Finished runInScope() {
        Application application = null;
        try {
            application = place.applications().of(envelope.code());
            enter(application);
            Object[] work = (Object[]) application.codec().decode(envelope.work());
            Object result = envelope.shape().call(work);
            return ending(Ending.RETURNED, application.codec().encode(result), null);
        } catch (Throwable e) { // whatever a task throws is its result; it must not end the node's thread
            return ending(Ending.THREW, null, failureOf(e, application));
        }
    }

    /** Telling of an exception takes memory and stack, which may be what it is about. */
    private static Failure failureOf(Throwable thrown, Application application) {
        try {
            return Failure.of(thrown, application == null ? null : application.codec());
        } catch (Throwable e) {
            return Failure.inWords(thrown.getClass().getName(), null, new StackTraceElement[0]);
        }
    }

    private void enter(Application application) {
        Scope entered = new Scope(place.host(), application, this);
        synchronized (this) {
            scope = entered;
        }
        Scope.set(entered);
        Thread.currentThread().setContextClassLoader(application.loader());
        TaskLog.enter(place.host().member(envelope.target()).name(), name());
        if (place.forwarder() != null) {
            place.forwarder()
                    .open(envelope.id().spawner(), envelope.id().number(), thrown -> failureOf(thrown, application))
                    .enter();
        }
    }

    /** The thread belongs to the node again. */
    private void end() {
        try {
            place.host().taskEnded(Thread.currentThread());
        } catch (Throwable e) { // its end must be told nevertheless
            LOG.warn("what task '{}' held could not be released", name(), e);
        } finally {
            TaskLog.leave();
            TaskOutput.leave();
            Scope.set(null);
            OF_THREAD.remove();
            Thread.currentThread().setContextClassLoader(RunningTask.class.getClassLoader());
            synchronized (this) {
                thread = null;
                Thread.interrupted(); // an interrupt that came too late is not for the next task
            }
        }
    }

    /** Tells the spawner how it ended, after all that it printed; only once, and not a spawner that has left. */
    private synchronized void report(Finished finished) {
        if (!reported) {
            reported = true;
            if (place.forwarder() != null) {
                place.forwarder().close(envelope.id().spawner(), envelope.id().number());
            }
            if (isTold(finished.ending())) {
                place.tell().accept(envelope.id().spawner(), finished);
            }
        }
    }

    private boolean isTold(Ending ending) {
        if (exiting) {
            return ending == Ending.NEVER_STARTED;
        }
        return !mute && !(leaving && ending == Ending.THREW);
    }

    private Finished ending(Ending ending, byte[] result, Failure failure) {
        return new Finished(envelope.id().number(), envelope.attempt(), ending, result, failure);
    }

    /** The spawner has cancelled it, or nobody waits for it any more. */
    void cancel(boolean interrupt) {
        cancelled = true;
        if (place.slots().remove(this)) {
            report(ending(Ending.NEVER_STARTED, null, null));
            place.ended().accept(this);
        } else if (interrupt) {
            interrupt();
        }
    }

    /**
     * The spawner has left, or this member was out of the cluster. A spawner that lives knows it, unless it started the task
     * when it had learned already that this member is back, and this member had not: so it is told.
     */
    void abandon() {
        report(ending(Ending.MEMBER_WAS_OUT, null, null));
        synchronized (this) {
            mute = true;
        }
        cancel(true);
    }

    /**
     * Its member is leaving. If it has not started, its spawner is told so; if it runs, it is interrupted, and what it
     * throws then is not what ended it: its spawner sees the member leave.
     */
    void leave() {
        synchronized (this) {
            leaving = true;
        }
        cancel(true);
    }

    /** The process is to end: from now on only that it never started is told. */
    synchronized void exit() {
        exiting = true;
    }

    /** Ends it for the spawner if its time is up; its thread is interrupted, and takes the time that it takes. */
    void checkTime(long now) {
        Failure failure;
        synchronized (this) {
            if (thread == null
                    || reported
                    || envelope.timeoutNanos() == 0
                    || now - startedAt < envelope.timeoutNanos()) {
                return;
            }
            failure = Failure.inWords("", "", thread.getStackTrace());
        }
        report(ending(Ending.TIME_WAS_UP, null, failure));
        interrupt(); // after the report: what the interrupt makes it throw is not how it ended
    }

    private synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    void waitBegins() {
        if (!envelopeIsVirtual()) {
            place.slots().waitBegins(this);
        }
    }

    void waitEnds() {
        if (!envelopeIsVirtual()) {
            place.slots().waitEnds(this);
        }
    }

    /** Virtual threads take no slot. */
    private boolean envelopeIsVirtual() {
        return envelope.virtual() && TaskThreads.hasVirtual();
    }

    void tellBlocked(String reason) {
        place.transport()
                .send(envelope.id().spawner(), new Blocked(envelope.id().number(), reason));
    }

    /** What it does, in one clause. May run code of the objects that it waits for. */
    String explain() {
        String queued = place.slots().explain(this);
        if (queued != null) {
            return queued;
        }
        Thread at;
        Scope in;
        long since;
        synchronized (this) {
            at = thread;
            in = scope;
            since = startedAt;
        }
        if (at == null) {
            return "is about to start or has just ended";
        }
        StringBuilder text = new StringBuilder("runs for " + seconds(since));
        if (in != null) {
            in.waits()
                    .forEach((waiter, wait) -> text.append(", ")
                            .append(waiter == at ? "" : "its thread " + waiter.getName() + " ")
                            .append("waits " + seconds(wait.since()) + " for " + wait.text()));
        }
        if (in == null || !in.waits().containsKey(at)) {
            text.append(", ").append(TaskThreads.describe(at));
        }
        return text.toString();
    }

    private static String seconds(long since) {
        return String.format(java.util.Locale.ROOT, "%.1f s", (System.nanoTime() - since) / 1e9);
    }

    @Override
    public synchronized boolean isBlocked() {
        if (thread == null) {
            return false;
        }
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            case NEW, RUNNABLE, TERMINATED -> false;
        };
    }

    @Override
    public String name() {
        return envelope.name();
    }

    @Override
    public int attempt() {
        return envelope.attempt();
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public Member spawner() {
        return place.host().member(envelope.id().spawner());
    }
}
