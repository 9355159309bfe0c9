package org.goaway.internal.task;

import org.goaway.Member;
import org.goaway.TaskContext;
import org.goaway.TaskStatus;
import org.goaway.internal.code.Application;
import org.goaway.internal.output.Forwarder;
import org.goaway.internal.task.Result.Ending;
import org.goaway.internal.task.TaskNews.Blocked;
import org.goaway.protocol.MemberId;

/**
 * A task at the member that runs it. {@link #run()} is called once, by the thread that is to run it; everything else by any
 * thread. The state is guarded by the monitor.
 */
final class RunningTask implements Slots.Job, TaskContext {

    /** Which attempt at which task of which spawner it is, and in which stint of this member. */
    record Identity(MemberId spawner, long number, int attempt, long stint) {}

    private static final ThreadLocal<RunningTask> OF_THREAD = new ThreadLocal<>();

    private final Identity identity;
    private final Work work;
    private final Place place;
    private final long createdAt = System.nanoTime();
    private Thread thread;
    private Scope scope;
    private long startedAt;
    private Throwable brokenOffBy;
    private boolean counted;
    private boolean reported;
    private boolean mute;
    private boolean leaving;
    private boolean exiting;
    private boolean interrupted;
    private volatile boolean cancelled;

    RunningTask(Identity identity, Work work, Place place) {
        this.identity = identity;
        this.work = work;
        this.place = place;
    }

    /** The task that the current thread itself runs; null on any other thread, also on those that tasks start. */
    static RunningTask ofThread() {
        return OF_THREAD.get();
    }

    Identity identity() {
        return identity;
    }

    Work work() {
        return work;
    }

    @Override
    public void run() {
        try {
            report(begin() ? runOnThread() : null);
        } catch (Throwable e) { // not what the function threw: the memory may be full
            breakOff(e);
            throw e;
        } finally {
            place.ended().accept(this);
        }
    }

    private synchronized boolean begin() {
        if (cancelled || leaving) {
            return false;
        }
        thread = Thread.currentThread();
        startedAt = System.nanoTime();
        return true;
    }

    private Result runOnThread() {
        Invocation invocation = new Invocation(this, place);
        try {
            OF_THREAD.set(this);
            place.figures().started(createdAt, startedAt);
            place.started().accept(this);
            return invocation.call();
        } finally {
            end(invocation);
        }
    }

    /** Its function is called in this scope. */
    synchronized void entered(Scope in) {
        scope = in;
    }

    /** The thread belongs to the node again. */
    private void end(Invocation invocation) {
        try {
            invocation.release();
        } finally {
            synchronized (this) {
                thread = null;
                Thread.interrupted(); // an interrupt that came too late is not for the next task
            }
            invocation.leave();
            OF_THREAD.remove();
        }
    }

    /** As what it prints is told from what others print. */
    Forwarder.Source source() {
        return new Forwarder.Source(identity.spawner(), identity.number(), identity.attempt());
    }

    /**
     * Tells the spawner how it ended, after all that it printed; only once, and only while it is to be heard. Not in the
     * monitor, for which the event loop would wait while a large message is made. If that fails, it is to be reported again.
     */
    private void report(Result result) {
        boolean told;
        boolean left;
        synchronized (this) {
            told = !reported && isTold(result);
            if (!reported && !counted) {
                count(result);
                counted = true;
            }
            reported = true;
            left = leaving;
        }
        try {
            if (place.forwarder() != null) {
                place.forwarder().close(source()); // also if it was reported before it began to print
            }
        } finally {
            if (told) {
                tell(result, left);
            }
        }
    }

    private void tell(Result result, boolean left) {
        boolean done = false;
        try {
            place.tell().ended(this, result, left);
            done = true;
        } finally {
            if (!done) {
                synchronized (this) {
                    reported = false;
                }
            }
        }
    }

    /** Whether it needs no report any more. */
    synchronized boolean isReported() {
        return reported;
    }

    /** It ends by {@code by}, outside of its function, and that is not reported yet. */
    synchronized void breakOff(Throwable by) {
        brokenOffBy = by;
    }

    /** Whether it ended before it could report. */
    synchronized boolean isBrokenOff() {
        return brokenOffBy != null;
    }

    /** Reports a task that was broken off before it could. */
    void reportBreak() {
        Throwable by;
        boolean withdrawn;
        synchronized (this) {
            by = brokenOffBy;
            withdrawn = (cancelled || leaving) && startedAt == 0;
        }
        if (withdrawn) {
            report(null);
            return;
        }
        String message = by.getMessage() == null ? "" : " (" + by.getMessage() + ")";
        String text = "it broke the task off outside of its function" + message + "; " + nameOf(place.self())
                + " has logged where";
        report(new Result(
                Ending.THREW, null, Failure.inWords(by.getClass().getName(), text, new StackTraceElement[0])));
    }

    private String nameOf(MemberId member) {
        return place.host().member(member).name();
    }

    /** Before anybody is told, so that who has heard of the end finds it counted. */
    private void count(Result result) {
        if (result == null) {
            place.figures().dropped();
            return;
        }
        TaskStatus how = switch (result.ending()) {
            case RETURNED -> TaskStatus.DONE;
            case THREW -> cancelled ? TaskStatus.CANCELLED : TaskStatus.FAILED;
            case TIME_WAS_UP -> TaskStatus.FAILED;
        };
        if (startedAt == 0) { // no thread could be made for it
            place.figures().notStarted();
        } else {
            place.figures().ended(how, System.nanoTime() - startedAt);
        }
    }

    private boolean isTold(Result result) {
        if (mute) {
            return false;
        }
        if (result == null) {
            boolean own = identity.spawner().equals(place.self());
            return !(leaving && own); // with this member its own program's cluster is closed, which ends the task
        }
        return !exiting && !(leaving && result.ending() == Ending.THREW);
    }

    /**
     * The spawner has cancelled it, or nobody waits for it any more. If it was interrupted for that before and has not ended
     * since, it goes on without a slot.
     */
    void cancel(boolean interrupt) {
        cancelled = true;
        if (place.slots().remove(this)) {
            try {
                report(null);
            } catch (Throwable e) { // there may be no memory to tell it
                breakOff(e);
                throw e;
            } finally {
                place.ended().accept(this);
            }
        } else if (interrupt && interrupt()) {
            place.slots().giveUp(this);
        }
    }

    /** Another attempt counts, or none: it is interrupted, and nobody hears of it any more. */
    void supersede() {
        synchronized (this) {
            mute = true;
        }
        if (place.forwarder() != null) {
            place.forwarder().drop(source());
        }
        cancel(true);
        place.slots().giveUp(this);
    }

    /**
     * Its member is about to leave. It does not start any more; what it throws from now on is not what ended it: its spawner
     * sees the member leave.
     */
    synchronized void leaving() {
        leaving = true;
    }

    /** Its member is leaving. If it has not started, its spawner is told so; if it runs, it is interrupted. */
    void leave() {
        leaving();
        cancel(true);
    }

    /** The process is to end: it does not start any more, and from now on only that is told. */
    synchronized void exit() {
        exiting = true;
        leaving = true;
    }

    /** Ends it for the spawner if its time is up; its thread is interrupted, and takes the time that it takes. */
    void checkTime(long now) {
        Failure failure;
        synchronized (this) {
            if (thread == null || reported || work.timeoutNanos() == 0 || now - startedAt < work.timeoutNanos()) {
                return;
            }
            failure = Failure.inWords("", "", thread.getStackTrace());
        }
        place.slots().giveUp(this);
        report(new Result(Ending.TIME_WAS_UP, null, failure));
        boolean unused = interrupt(); // after the report: what the interrupt makes it throw is not how it ended
    }

    /** Whether it was interrupted before. */
    private synchronized boolean interrupt() {
        boolean before = interrupted;
        if (thread != null) {
            interrupted = true;
            thread.interrupt();
        }
        return before;
    }

    void waitBegins() {
        if (!isVirtual()) {
            place.slots().waitBegins(this);
        }
    }

    void waitEnds() {
        if (!isVirtual()) {
            place.slots().waitEnds(this);
        }
    }

    /** Virtual threads take no slot. */
    boolean isVirtual() {
        return work.virtual() && TaskThreads.hasVirtual();
    }

    void tellBlocked(String reason) {
        place.transport().send(identity.spawner(), new Blocked(identity.number(), identity.attempt(), reason));
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
            Application application = in == null ? null : in.application();
            String fetching = application == null ? null : application.waiting(at);
            text.append(", ").append(fetching == null ? TaskThreads.describe(at) : fetching);
        }
        return text.toString();
    }

    private static String seconds(long since) {
        return String.format(java.util.Locale.ROOT, "%.1f s", (System.nanoTime() - since) / 1e9);
    }

    /** Whether a thread has entered it. */
    synchronized boolean isRunning() {
        return thread != null;
    }

    /** For how long it has been running until {@code now}; 0 if it does not run. */
    synchronized long runningNanos(long now) {
        return thread == null ? 0 : now - startedAt;
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
        return work.name();
    }

    @Override
    public int attempt() {
        return identity.attempt();
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public Member spawner() {
        return place.host().member(identity.spawner());
    }
}
