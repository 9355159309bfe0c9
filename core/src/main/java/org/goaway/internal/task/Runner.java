package org.goaway.internal.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.code.Applications;
import org.goaway.internal.output.Forwarder;
import org.goaway.internal.task.TaskNews.Explain;
import org.goaway.internal.task.TaskNews.Explained;
import org.goaway.internal.task.TaskNews.Started;
import org.goaway.internal.task.TaskNews.Unheld;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.task.Admissions;
import org.goaway.protocol.task.RunnerPort;
import org.goaway.protocol.task.TaskMessage;
import org.goaway.protocol.task.TaskMessage.Assign;
import org.goaway.protocol.task.TaskMessage.Cancel;
import org.goaway.protocol.task.TaskMessage.Done;
import org.goaway.protocol.task.TaskMessage.Envelope;
import org.goaway.protocol.task.TaskMessage.Finished;

/**
 * The tasks that a member runs, and the envelopes of others' tasks that it keeps. Handlers and ticks come from the event
 * loop only; ends of tasks come from their threads.
 */
final class Runner implements RunnerPort<RunningTask> {

    private static final Logger LOG = LogManager.getLogger(Runner.class);

    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final TaskPorts ports;
    private final Executor callbacks;
    private final TaskThreads threads = new TaskThreads();
    private final Slots slots;
    private final Place place;
    private final Steps steps = new Steps();
    private final Admissions<RunningTask> admissions;
    /** Those whose threads have not ended, superseded ones included. */
    private final Set<RunningTask> tasks = ConcurrentHashMap.newKeySet();

    private final Set<RunningTask> timed = ConcurrentHashMap.newKeySet();
    private final Queue<RunningTask> untold = new ConcurrentLinkedQueue<>();
    private final Backlog backlog;
    private volatile boolean unreported;
    private volatile boolean closed;
    private volatile boolean abandoned;

    /**
     * @param slots how many tasks run at a time
     * @param forwarder null: output is not forwarded
     */
    Runner(
            TaskPorts ports,
            int slots,
            Applications applications,
            Forwarder forwarder,
            Executor callbacks,
            TaskFigures figures) {
        this.ports = ports;
        this.callbacks = callbacks;
        this.slots = new Slots(slots, threads::start, ports.loop(), this::hungry, System.nanoTime());
        this.admissions = new Admissions<>(ports.self(), this, System.nanoTime());
        this.backlog = new Backlog(steps, admissions, this.slots, ports.loop());
        this.place = new Place(
                ports.self(),
                ports.transport(),
                this::tell,
                applications,
                forwarder,
                this.slots,
                ports.host(),
                this::started,
                this::ended,
                figures,
                ports.limit());
    }

    void onMessage(MemberId from, TaskMessage message) {
        steps.take(() -> {
            if (message instanceof Envelope envelope) {
                admissions.onEnvelope(from, envelope);
            } else if (message instanceof Assign assign) {
                admissions.onAssign(from, assign);
                backlog.look();
            } else if (message instanceof Cancel cancel) {
                admissions.onCancel(from, cancel);
            } else if (message instanceof Done done) {
                admissions.onDone(from, done);
            } else {
                throw new IllegalArgumentException("not for runners: " + message);
            }
        });
    }

    @Override
    public void send(MemberId to, TaskMessage message) {
        steps.after(() -> offer(to, message));
    }

    @Override
    public void tellAgain(MemberId spawner, Finished end) {
        int bytes = end.result() instanceof Result result ? result.bytes() : 0;
        steps.after(() -> {
            if (ports.mayRepeat(spawner, bytes)) {
                offer(spawner, end);
            }
        });
    }

    private void offer(MemberId to, TaskMessage message) {
        try {
            boolean unused = ports.offer(to, message); // what is refused is told again when the spawner asks for it
        } catch (Throwable e) { // it takes memory to make a message
            if (!(message instanceof Finished end) || end.result() == null) {
                throw e;
            }
            Result instead = unsendable(end, e);
            steps.take(() -> admissions.replaceEnd(to, end, instead));
        }
    }

    private Result unsendable(Finished end, Throwable why) {
        String what = ((Result) end.result()).describe();
        LOG.warn("task {}: {} could not be put into a message", end.task(), what, why);
        return Result.untransferable(what + " could not be put into a message: " + why + ". Return less, or give "
                + nameOf(ports.self()) + " more memory (-Xmx)");
    }

    private String nameOf(MemberId member) {
        return ports.host().member(member).name();
    }

    /** Something that {@code from} has sent was too large for the memory here: a task's envelope, maybe. */
    void onUnheld(MemberId from, int bytes) {
        String self = nameOf(ports.self());
        Result result =
                Result.untransferable("it was not started: " + self + " had no memory for its arguments, or what"
                        + " else came with them, of " + String.format(Locale.ROOT, "%,d", bytes)
                        + " bytes. Pass less, or give " + self + " more memory (-Xmx)");
        steps.take(() -> admissions.onUnheld(from, bytes, result));
    }

    /** The same at a spawner: a result of one of its tasks, maybe. */
    void onUnheldAt(MemberId spawner, Unheld message) {
        steps.take(() -> {
            for (Finished end : admissions.untold(spawner)) {
                if (end.result() instanceof Result result && result.isOf(message.bytes())) {
                    admissions.replaceEnd(
                            spawner,
                            end,
                            Result.untransferable(nameOf(spawner) + " had no memory for " + result.describe()
                                    + ". Return less, or give " + nameOf(spawner) + " more memory (-Xmx)"));
                }
            }
        });
    }

    @Override
    public RunningTask start(MemberId spawner, long number, int attempt, long stint, Message content) {
        RunningTask task =
                new RunningTask(new RunningTask.Identity(spawner, number, attempt, stint), (Work) content, place);
        tasks.add(task);
        try {
            steps.after(() -> start(task));
        } catch (Throwable e) {
            tasks.remove(task);
            throw e;
        }
        return task;
    }

    private void start(RunningTask task) {
        if (closed) {
            task.leaving();
            task.run(); // tells that it never started
            return;
        }
        try {
            if (task.isVirtual()) {
                threads.startVirtual(task::run);
            } else {
                slots.submit(task);
            }
        } catch (Throwable e) {
            // There may be no memory for its thread or for its place in the queue, so nothing would start it again.
            task.breakOff(e);
            unreported = true;
            throw e; // for the loop to log
        }
        if (closed) {
            task.leave(); // close() may have passed by while it was being queued
        }
    }

    @Override
    public void cancel(RunningTask task, boolean interrupt) {
        steps.after(() -> task.cancel(interrupt));
    }

    @Override
    public void supersede(RunningTask task) {
        steps.after(task::supersede);
    }

    /** Tells how a task ended. Any thread. */
    private void tell(RunningTask task, Result result, boolean leaving) {
        RunningTask.Identity id = task.identity();
        steps.take(() -> admissions.ended(id.spawner(), id.number(), id.stint(), result, leaving));
    }

    /** Asks the objects that the task waits for, so not on the event loop. */
    CompletableFuture<Explained> onExplain(MemberId from, Explain message) {
        RunningTask task = steps.get(() -> admissions.running(from, message.task()));
        return task == null
                ? CompletableFuture.completedFuture(new Explained(whereElse(from, message.task())))
                : CompletableFuture.supplyAsync(() -> new Explained(task.explain()), callbacks);
    }

    private String whereElse(MemberId spawner, long task) {
        String self = nameOf(ports.self());
        return steps.get(() -> admissions.isLost(spawner)
                ? "waits for " + self + ", which takes this member for lost"
                : admissions.hasSeen(spawner, task) ? "has just ended" : "has not arrived at " + self + " yet");
    }

    /** What runs and waits here. Asks the objects that tasks wait for, so not on the event loop. */
    CompletableFuture<List<TaskReport>> report() {
        return CompletableFuture.supplyAsync(
                () -> tasks.stream()
                        .limit(TaskReport.MOST)
                        .map(task -> new TaskReport(
                                task.name(),
                                task.identity().spawner(),
                                task.attempt(),
                                task.isRunning(),
                                task.explain()))
                        .toList(),
                callbacks);
    }

    /** Whether their spawners have all results that they were sent. Any thread. */
    boolean areResultsKnown() {
        return steps.get(admissions::areResultsKnown);
    }

    /** How many tasks run or wait here. Any thread. */
    int count() {
        return tasks.size();
    }

    /** How many tasks wait here for a slot. Any thread. */
    int pending() {
        return slots.queued();
    }

    /** For how long the oldest task that runs here has been running. Any thread. */
    long longestNanos() {
        long now = System.nanoTime();
        return tasks.stream().mapToLong(task -> task.runningNanos(now)).max().orElse(0);
    }

    /** Interrupts the tasks that {@code member} started and those of its programs. */
    void onGone(MemberId member) {
        steps.take(() -> admissions.onGone(member));
        backlog.onGone(member);
        tasks.forEach(task -> {
            if (task.work().code().origin().equals(member)) {
                task.cancel(true);
            }
        });
        slots.retireThreads();
        threads.renew();
    }

    void onBack(MemberId member) {
        steps.take(() -> admissions.onBack(member));
    }

    void onTick(long nanos) {
        steps.take(() -> admissions.onTick(nanos));
        slots.onTick(nanos);
        long now = System.nanoTime();
        timed.forEach(task -> task.checkTime(now));
        tellStarted();
        if (unreported) {
            reportBroken();
        }
        backlog.onTick();
    }

    /** Those whose threads ended before they could report; they stay among the tasks, for which no memory is needed. */
    private void reportBroken() {
        unreported = false;
        for (RunningTask task : tasks) {
            if (task.isBrokenOff()) {
                try {
                    task.reportBreak();
                    ended(task);
                } catch (Throwable e) { // the memory may still be full: the next tick tries again
                    unreported = true;
                }
            }
        }
    }

    private void hungry() {
        backlog.hungry();
    }

    private void tellStarted() {
        Map<MemberId, Map<Integer, List<Long>>> started = new HashMap<>();
        for (RunningTask task = untold.poll(); task != null; task = untold.poll()) {
            RunningTask.Identity id = task.identity();
            if (tasks.contains(task)) {
                started.computeIfAbsent(id.spawner(), any -> new HashMap<>())
                        .computeIfAbsent(id.attempt(), any -> new ArrayList<>())
                        .add(id.number());
            }
        }
        started.forEach((spawner, attempts) ->
                attempts.forEach((attempt, numbers) -> ports.transport().send(spawner, new Started(attempt, numbers))));
    }

    private void started(RunningTask task) {
        untold.add(task);
        if (task.work().timeoutNanos() > 0) {
            timed.add(task);
        }
    }

    private void ended(RunningTask task) {
        if (!task.isReported()) {
            unreported = true;
            return;
        }
        tasks.remove(task);
        timed.remove(task);
        if (closed) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /**
     * The process is to end: tasks that run end with it, so how their threads end now is told to nobody, and
     * {@link #close()} does not wait for them.
     */
    void abandon() {
        closed = true;
        abandoned = true;
        tasks.forEach(RunningTask::exit);
    }

    /**
     * This member is about to leave: no further task starts, of which their spawners are told, and what those that run throw
     * from now on is told to nobody.
     */
    void leaving() {
        closed = true;
        tasks.forEach(RunningTask::leaving);
    }

    /** Interrupts all tasks and waits a little; those that do not end are left to their (daemon) threads. */
    void close() {
        leaving();
        tasks.forEach(RunningTask::leave);
        threads.close();
        if (abandoned) {
            return;
        }
        long end = System.nanoTime() + CLOSE_NANOS;
        synchronized (this) {
            try {
                for (long left = CLOSE_NANOS; left > 0 && !tasks.isEmpty(); left = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        tasks.forEach(task -> LOG.warn(
                "task '{}' was interrupted since the cluster closes, but goes on ({}); its thread is left to itself",
                task.name(),
                task.explain()));
    }
}
