package org.goaway.internal.task;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.ClusterClosedException;
import org.goaway.GoAwayException;
import org.goaway.MemberLeftException;
import org.goaway.NotTransferableException;
import org.goaway.TaskOptions;
import org.goaway.TaskStatus;
import org.goaway.internal.code.Application;
import org.goaway.internal.code.Applications;
import org.goaway.internal.output.PrintedTask;
import org.goaway.internal.output.Printer;
import org.goaway.internal.output.Terminal;
import org.goaway.internal.task.SpawnedTask.Outcome;
import org.goaway.internal.task.TaskHost.TaskMember;
import org.goaway.internal.task.TaskNews.Blocked;
import org.goaway.internal.task.TaskNews.Started;
import org.goaway.internal.task.TaskNews.Unheld;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.task.TaskMessage;

/**
 * The tasks that a member has started. Handlers and ticks come from the event loop; starts, waits and cancels from any
 * thread.
 */
final class Spawner {

    private static final Logger LOG = LogManager.getLogger(Spawner.class);

    private final TaskPorts ports;
    private final Applications applications;
    private final Executor callbacks;
    private final Waits waits;
    private final Printer printer;
    private final TaskFigures figures;
    private final Placement placement;
    private final AtomicLong last = new AtomicLong();
    private final SentTasks sent;
    private final Explanation explanation;
    private final Set<SpawnedGroup<?, ?>> groups = ConcurrentHashMap.newKeySet();
    /** Ended tasks on which nothing depended then: whoever waits for them completes them, or the next tick does. */
    private final Queue<SpawnedTask<?>> unpublished = new ConcurrentLinkedQueue<>();

    private List<TaskMember> seen = List.of();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean closed;

    /**
     * @param printer what a task printed comes out before its end is known
     * @param figures counts the ends of its tasks
     */
    Spawner(
            TaskPorts ports,
            Applications applications,
            Executor callbacks,
            Waits waits,
            Printer printer,
            TaskFigures figures) {
        this.ports = ports;
        this.applications = applications;
        this.callbacks = callbacks;
        this.waits = waits;
        this.printer = printer;
        this.figures = figures;
        this.placement = new Placement(ports.host()::members);
        this.sent = new SentTasks(ports);
        this.explanation = new Explanation(sent, ports.requests());
    }

    Executor callbacks() {
        return callbacks;
    }

    Waits waits() {
        return waits;
    }

    /** A task that was started here has ended. */
    void count(TaskStatus how) {
        figures.spawnedEnded(how);
    }

    /** How many tasks have not ended, those of groups that are not handed out included. Any thread. */
    int unfinished() {
        return sent.unended()
                + groups.stream().mapToInt(SpawnedGroup::notHandedOut).sum();
    }

    MemberId self() {
        return ports.self();
    }

    /** Completed when all tasks have been ended by {@link #close()}. */
    CompletableFuture<Void> closed() {
        return ended;
    }

    /** The application of a function, which is checked to be able to travel. */
    Application applicationOf(Object fn) {
        refuseClosed();
        return applications.of(fn.getClass().getClassLoader());
    }

    /** Whether no other task was started here since. Any thread. */
    boolean isLatest(TaskId task) {
        return task.number() == last.get();
    }

    <R> SpawnedTask<R> newTask(TaskOptions options, Application application) {
        return new SpawnedTask<>(new TaskId(ports.self(), last.incrementAndGet()), options, application, this);
    }

    /** Starts one task at once. */
    <R> SpawnedTask<R> start(TaskOptions options, Shape shape, Object... work) {
        Application application = applicationOf(work[0]);
        byte[] encoded = encode(application, work);
        SpawnedTask<R> task = newTask(options, application);
        if (!send(task, shape, encoded, null, null)) {
            if (!Eligibility.isBound(options)) {
                throw refusal(task);
            }
            task.end(Outcome.failed(refusal(task)));
        }
        return task;
    }

    /**
     * Encodes a function and its arguments.
     *
     * @throws NotTransferableException if something of it cannot travel, or all of it is too large
     */
    byte[] encode(Application application, Object... work) {
        return ports.limit()
                .check(
                        application.encodeWork(work),
                        "a task's function with its arguments",
                        "Let the task read or make what it needs where it runs, or divide it among several tasks");
    }

    /** Whether a member is there that may run tasks with these options, now or once it is free. */
    boolean isAnyEligible(Predicate<TaskMember> eligible) {
        return ports.host().members().stream().anyMatch(eligible);
    }

    /** Whether there is one that may run them now or later: one out of view may be there again, unless it is lost. */
    boolean mayAnyRun(Predicate<TaskMember> eligible) {
        TaskHost.Present present = ports.host().present();
        Set<MemberId> gone = sent.gone();
        return present.members().stream().anyMatch(eligible)
                || present.away().stream().anyMatch(member -> eligible.test(member) && !gone.contains(member.id()));
    }

    /** Why no member can run the task, and what to do. */
    GoAwayException refusal(SpawnedTask<?> task) {
        Set<MemberId> leaving = leaving();
        Predicate<TaskMember> eligible = Eligibility.of(task.options());
        return Eligibility.refusal(
                task, isAnyEligible(member -> eligible.test(member) && leaving.contains(member.id())));
    }

    Placement placement() {
        return placement;
    }

    /**
     * Starts a task.
     *
     * @param reserved a member that {@link #placement} has counted it for; null: none
     * @param group what it is part of; null: it stands alone
     * @return false: no member may run it
     */
    boolean send(SpawnedTask<?> task, Shape shape, byte[] encoded, TaskMember reserved, SpawnedGroup<?, ?> group) {
        TaskOptions options = task.options();
        Work work = new Work(
                task.application().version(),
                shape,
                encoded,
                task.name(),
                options.timeout().map(Spawner::nanos).orElse(0L),
                options.virtual());
        SentTask started =
                new SentTask(task, work, Eligibility.of(options), placement, group, ports.host(), this::ended);
        boolean placed = sent.submit(started, reserved == null ? null : reserved.id());
        if (placed && closed) {
            close();
        } else if (placed && task.isCancelled()) {
            cancelled(task, true); // it was cancelled while it was not known to be sent
        }
        return placed;
    }

    /** Called within a step of {@link #sent}. */
    private void ended(SpawnedTask<?> task, Outcome outcome) {
        sent.after(() -> printer.afterPrinted(() -> {
            task.end(outcome);
            task.letGo();
        }));
    }

    private static long nanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Has the task published within a tick, many of them together. */
    void publishSoon(SpawnedTask<?> task) {
        unpublished.add(task);
        if (closed) {
            publishAll();
        }
    }

    private void publishAll() {
        for (SpawnedTask<?> task = unpublished.poll(); task != null; task = unpublished.poll()) {
            if (!task.isPublished()) {
                task.publish();
            }
        }
    }

    void add(SpawnedGroup<?, ?> group) {
        groups.add(group);
    }

    /** Progress is shown on the error stream: what a program prints may be read by another. */
    Progress newProgress(int total) {
        return new Progress(total, Terminal.isThere(), System::nanoTime, printer::printError);
    }

    void remove(SpawnedGroup<?, ?> group) {
        groups.remove(group);
    }

    /** The task of which {@code from} runs this attempt; null: none, or another one runs by now. */
    PrintedTask printed(MemberId from, long task, int attempt) {
        return sent.running(from, task, attempt);
    }

    void onMessage(MemberId from, TaskMessage message) {
        sent.onMessage(from, message);
    }

    /** If it was a result, the member that has it tells another in its place: it would be too large again. */
    void onUnheld(MemberId from, int bytes) {
        ports.transport().send(from, new Unheld(bytes));
    }

    void onStarted(MemberId from, Started message) {
        for (long number : message.tasks()) {
            SpawnedTask<?> task = sent.running(from, number, message.attempt());
            if (task != null) {
                task.started();
            }
        }
    }

    void onBlocked(MemberId from, Blocked message) {
        SpawnedTask<?> task = sent.running(from, message.task(), message.attempt());
        if (task != null) {
            LOG.warn("{} {}", task.describe(), message.reason());
        }
    }

    void cancelled(SpawnedTask<?> task, boolean interrupt) {
        sent.cancel(task, interrupt);
    }

    /** These members left: their tasks move, run again or are lost, and those of their programs end. Some are back at once. */
    void onGone(Set<MemberId> members, Set<MemberId> back) {
        members.forEach(this::endProgramOf);
        sent.onGone(members, back);
        handOutMore();
    }

    /** Other members may run what groups have, or none any more. */
    private void handOutMore() {
        groups.forEach(group -> callbacks.execute(group::handOut));
    }

    private void endProgramOf(MemberId member) {
        groups.forEach(group -> group.onGone(member)); // first: they hand out more for what ends
        for (SpawnedTask<?> task :
                sent.all(known -> known.application().version().origin().equals(member))) {
            task.end(Outcome.failed(lostWithProgram(task, member, true)));
            sent.cancel(task, true);
        }
    }

    /** What a task ends with whose program was started by a member that is lost. */
    MemberLeftException lostWithProgram(SpawnedTask<?> task, MemberId member, boolean mayHaveRun) {
        return new MemberLeftException(
                task.describe() + " was ended: its program was started by "
                        + ports.host().member(member).name() + ", which left the cluster; "
                        + (mayHaveRun ? "it may have run" : "it had not started"),
                mayHaveRun);
    }

    /** The members that start nothing more. */
    Set<MemberId> leaving() {
        return sent.leaving();
    }

    void onBack(MemberId member) {
        sent.onBack(member);
    }

    void onTick(long nanos) {
        List<TaskMember> now = ports.host().members();
        if (now != seen) {
            seen = now;
            sent.onPresent(now);
            handOutMore();
        }
        groups.forEach(SpawnedGroup::onTick);
        sent.onTick(nanos);
        publishAll();
    }

    /** Why the task is where it is, and what it waits for; may ask the member that has it. */
    String explain(SpawnedTask<?> task) {
        return explanation.of(task);
    }

    private void refuseClosed() {
        if (closed) {
            throw new ClusterClosedException("the cluster is closed: start tasks before close()");
        }
    }

    /** Ends all tasks that have not ended. */
    void close() {
        closed = true;
        for (SpawnedTask<?> task : sent.all(any -> true)) {
            sent.withdraw(task);
            task.end(Outcome.failed(new ClusterClosedException(
                    "the cluster was closed before the end of " + task.describe() + " was known")));
            task.letGo();
        }
        groups.forEach(SpawnedGroup::close);
        publishAll();
        ended.complete(null);
    }
}
