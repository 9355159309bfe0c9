package org.goaway.internal.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.ClusterClosedException;
import org.goaway.GoAwayException;
import org.goaway.Member;
import org.goaway.MemberLeftException;
import org.goaway.TaskOptions;
import org.goaway.TaskStatus;
import org.goaway.UnavailableException;
import org.goaway.internal.code.Application;
import org.goaway.internal.code.Applications;
import org.goaway.internal.output.PrintedTask;
import org.goaway.internal.output.Printer;
import org.goaway.internal.task.SpawnedTask.Outcome;
import org.goaway.internal.task.TaskHost.TaskMember;
import org.goaway.internal.task.TaskMessage.Blocked;
import org.goaway.internal.task.TaskMessage.Cancel;
import org.goaway.internal.task.TaskMessage.Done;
import org.goaway.internal.task.TaskMessage.Ending;
import org.goaway.internal.task.TaskMessage.Envelope;
import org.goaway.internal.task.TaskMessage.Explain;
import org.goaway.internal.task.TaskMessage.Explained;
import org.goaway.internal.task.TaskMessage.Finished;
import org.goaway.internal.task.TaskMessage.Started;
import org.goaway.protocol.MemberId;

/**
 * The tasks that a member has started. Handlers and ticks come from the event loop; starts, waits and cancels from any
 * thread.
 */
final class Spawner {

    private static final Logger LOG = LogManager.getLogger(Spawner.class);

    /** A larger envelope goes to its target only. */
    private static final int LARGE = 8 << 10;

    private static final Duration EXPLAIN = Duration.ofSeconds(2);
    private static final int MOST_DONE = 1024;

    private final TaskPorts ports;
    private final Applications applications;
    private final Executor callbacks;
    private final Waits waits;
    private final Printer printer;
    private final Placement placement;
    private final AtomicLong last = new AtomicLong();
    private final Map<Long, Sent> sent = new ConcurrentHashMap<>();
    private final Set<SpawnedGroup<?, ?>> groups = ConcurrentHashMap.newKeySet();
    private final Queue<Long> done = new ConcurrentLinkedQueue<>();
    private List<TaskMember> seen = List.of();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean closed;

    /** A task that its target has not told the end of. */
    private record Sent(SpawnedTask<?> task, MemberId target, boolean kept) {}

    /**
     * @param printer what a task printed comes out before its end is known
     */
    Spawner(TaskPorts ports, Applications applications, Executor callbacks, Waits waits, Printer printer) {
        this.ports = ports;
        this.applications = applications;
        this.callbacks = callbacks;
        this.waits = waits;
        this.printer = printer;
        this.placement = new Placement(ports.host()::members);
    }

    Executor callbacks() {
        return callbacks;
    }

    Waits waits() {
        return waits;
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

    <R> SpawnedTask<R> newTask(TaskOptions options, Application application) {
        return new SpawnedTask<>(new TaskId(ports.self(), last.incrementAndGet()), options, application, this);
    }

    /** Starts one task at once. */
    <R> SpawnedTask<R> start(TaskOptions options, Shape shape, Object... work) {
        Application application = applicationOf(work[0]);
        byte[] encoded = application.codec().encode(work);
        SpawnedTask<R> task = newTask(options, application);
        TaskMember target = placement.place(eligible(options));
        if (target != null) {
            send(task, shape, encoded, target);
        } else if (options.member().isPresent()) {
            task.end(Outcome.failed(unplaced(task)));
        } else {
            throw unplaced(task);
        }
        return task;
    }

    /** Whether a member is there that may run tasks with these options, now or once it is free. */
    boolean isAnyEligible(Predicate<TaskMember> eligible) {
        return ports.host().members().stream().anyMatch(eligible);
    }

    /** Which members may run tasks with these options. */
    Predicate<TaskMember> eligible(TaskOptions options) {
        Optional<Member> bound = options.member();
        if (bound.isPresent()) {
            return member -> member.member().equals(bound.get());
        }
        Optional<String> label = options.label();
        return member -> member.runsTasks()
                && (label.isEmpty() || member.member().labels().contains(label.get()));
    }

    Placement placement() {
        return placement;
    }

    /** Why no member can run the task, and what to do. */
    static GoAwayException unplaced(SpawnedTask<?> task) {
        TaskOptions options = task.options();
        if (options.member().isPresent()) {
            return new MemberLeftException(
                    "task '" + task.name() + "' was not started: it is bound to "
                            + options.member().get().name() + ", which is not in the cluster (any more)",
                    false);
        }
        return new UnavailableException(
                "no member can run task '" + task.name() + "': "
                        + options.label()
                                .map(label ->
                                        "none has the label '" + label + "'; set 'labels' in a member's configuration")
                                .orElse(
                                        "the cluster has no member that runs tasks; start servers, or set spawner_tasks: true"));
    }

    /** Sends a task to a member that {@link #placement} has counted it for. */
    void send(SpawnedTask<?> task, Shape shape, byte[] work, TaskMember target) {
        TaskOptions options = task.options();
        Envelope envelope = new Envelope(
                task.taskId(),
                task.application().version(),
                shape,
                work,
                target.id(),
                1,
                task.name(),
                options.timeout().map(Spawner::nanos).orElse(0L),
                options.virtual());
        boolean kept = work.length <= LARGE && options.member().isEmpty();
        task.placed(target.member());
        sent.put(task.taskId().number(), new Sent(task, target.id(), kept));
        boolean taken = !kept || !ports.offers().offer(others(), envelope).contains(target.id());
        if (!kept || target.id().equals(ports.self())) {
            taken = ports.offer(target.id(), envelope);
        }
        if (closed) {
            close();
        } else if (!taken) {
            refused(task);
        } else if (ports.host().members().stream()
                .noneMatch(member -> member.id().equals(target.id()))) {
            onGone(target.id()); // it left between its choice and now
        } else if (task.isCancelled()) {
            cancelled(task, true); // it was cancelled while it was not known to be sent
        }
    }

    private void refused(SpawnedTask<?> task) {
        Sent known = sent.get(task.taskId().number());
        if (known != null) {
            forget(task.taskId().number(), known);
            task.end(Outcome.failed(new UnavailableException(task.describe()
                    + " was not started: too much that was sent there before still waits to leave. Start it again when"
                    + " earlier tasks have ended, and fewer with large arguments at a time")));
        }
    }

    private Collection<MemberId> others() {
        List<MemberId> others = new ArrayList<>();
        for (TaskMember member : ports.host().members()) {
            if (!member.id().equals(ports.self())) {
                others.add(member.id());
            }
        }
        return others;
    }

    private static long nanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    void add(SpawnedGroup<?, ?> group) {
        groups.add(group);
    }

    /** Progress is shown on the error stream: what a program prints may be read by another. */
    Progress newProgress(int total) {
        return new Progress(total, Progress.isTerminal(), System::nanoTime, printer::printError);
    }

    void remove(SpawnedGroup<?, ?> group) {
        groups.remove(group);
    }

    /** A task whose output comes; null if it is not known (any more). */
    PrintedTask printed(long task) {
        Sent known = sent.get(task);
        return known == null ? null : known.task();
    }

    void onStarted(Started message) {
        for (long number : message.tasks()) {
            Sent known = sent.get(number);
            if (known != null) {
                known.task().started();
            }
        }
    }

    void onFinished(MemberId from, Finished message) {
        Sent known = sent.get(message.task());
        if (known == null || !known.target().equals(from)) {
            return;
        }
        forget(message.task(), known);
        SpawnedTask<?> task = known.task();
        TaskStatus status = message.ending() == Ending.RETURNED ? TaskStatus.DONE : TaskStatus.FAILED;
        Outcome outcome = switch (message.ending()) {
            case NEVER_STARTED ->
                Outcome.failed(new MemberLeftException(
                        task.describe() + " was not started: its member is closing. It is safe to start it again",
                        false));
            case MEMBER_WAS_OUT ->
                Outcome.failed(new MemberLeftException(
                        task.describe() + " was ended: its member was out of the cluster meanwhile. It may have run",
                        true));
            case RETURNED, THREW, TIME_WAS_UP -> new Outcome(status, message, null);
        };
        printer.afterPrinted(() -> task.end(outcome));
    }

    private void forget(long number, Sent known) {
        if (sent.remove(number, known)) {
            placement.ended(known.target());
            if (known.kept()) {
                done.add(number);
            }
            known.task().letGo();
        }
    }

    void onBlocked(Blocked message) {
        Sent known = sent.get(message.task());
        if (known != null) {
            LOG.warn("{} {}", known.task().describe(), message.reason());
        }
    }

    void cancelled(SpawnedTask<?> task, boolean interrupt) {
        Sent known = sent.get(task.taskId().number());
        if (known != null) {
            ports.transport().send(known.target(), new Cancel(task.taskId().number(), interrupt));
        }
    }

    /** The member left: so are the tasks that it had lost. */
    void onGone(MemberId member) {
        placement.forget(member);
        String name = ports.host().member(member).name();
        sent.forEach((number, known) -> {
            if (known.target().equals(member)) {
                forget(number, known);
                SpawnedTask<?> task = known.task();
                printer.afterPrinted(() -> task.end(Outcome.failed(new MemberLeftException(
                        "task '" + task.name() + "' was lost with " + name
                                + ", which left the cluster; it may have run,"
                                + " wholly or in part. Start it again if running it twice does no harm",
                        true))));
            }
        });
    }

    void onTick() {
        List<TaskMember> now = ports.host().members();
        if (now != seen) {
            seen = now;
            groups.forEach(group -> callbacks.execute(group::handOut));
        }
        groups.forEach(SpawnedGroup::onTick);
        List<Long> numbers = new ArrayList<>();
        while (!done.isEmpty() && numbers.size() < MOST_DONE) {
            numbers.add(done.remove());
        }
        if (!numbers.isEmpty()) {
            ports.transport().multicast(others(), new Done(numbers));
        }
    }

    /** Asks the member that has the task; waits no longer than {@link #EXPLAIN}. */
    String explain(SpawnedTask<?> task) {
        TaskStatus status = task.status();
        Member member = task.member();
        Sent known = sent.get(task.taskId().number());
        String who = task.describe();
        if (status == TaskStatus.DONE || status == TaskStatus.FAILED) {
            return who + (status == TaskStatus.DONE ? " has returned" : " has failed");
        }
        if (known == null || member == null) {
            return status == TaskStatus.CANCELLED
                    ? who + " was cancelled"
                    : who + " is not handed out yet: all members have as many tasks of its group as they have slots";
        }
        String prefix = who + (status == TaskStatus.CANCELLED ? " was cancelled, but has not ended: it " : " ");
        try {
            Explained answer = (Explained) ports.requests()
                    .request(known.target(), new Explain(task.taskId().number()), EXPLAIN)
                    .get(EXPLAIN.toMillis(), TimeUnit.MILLISECONDS);
            return prefix + answer.text();
        } catch (ExecutionException | TimeoutException e) {
            return prefix + "cannot be asked about: " + member.name() + " does not answer";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return prefix + "was not asked about: the thread was interrupted";
        }
    }

    private void refuseClosed() {
        if (closed) {
            throw new ClusterClosedException("the cluster is closed: start tasks before close()");
        }
    }

    /** Ends all tasks that have not ended. */
    void close() {
        closed = true;
        sent.forEach((number, known) -> {
            sent.remove(number);
            known.task()
                    .end(Outcome.failed(new ClusterClosedException("the cluster was closed before the end of "
                            + known.task().describe() + " was known")));
        });
        groups.forEach(SpawnedGroup::close);
        ended.complete(null);
    }
}
