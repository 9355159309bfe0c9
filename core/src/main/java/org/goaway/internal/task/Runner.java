package org.goaway.internal.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
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
import org.goaway.internal.task.TaskMessage.Cancel;
import org.goaway.internal.task.TaskMessage.Done;
import org.goaway.internal.task.TaskMessage.Envelope;
import org.goaway.internal.task.TaskMessage.Explain;
import org.goaway.internal.task.TaskMessage.Explained;
import org.goaway.internal.task.TaskMessage.Finished;
import org.goaway.internal.task.TaskMessage.Started;
import org.goaway.protocol.MemberId;

/**
 * The tasks that a member runs, and the envelopes of others' tasks that it keeps. Handlers and ticks come from the event
 * loop only; ends of tasks come from their threads.
 */
final class Runner {

    private static final Logger LOG = LogManager.getLogger(Runner.class);

    private static final int MOST_CANCELLED_EARLY = 10_000;
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final MemberId self;
    private final TaskPorts ports;
    private final Executor callbacks;
    private final TaskThreads threads = new TaskThreads();
    private final Slots slots;
    private final RunningTask.Place place;
    private final Map<TaskId, RunningTask> tasks = new ConcurrentHashMap<>();
    private final Map<TaskId, Envelope> kept = new HashMap<>();
    private final Set<RunningTask> timed = ConcurrentHashMap.newKeySet();
    private final Queue<RunningTask> untold = new ConcurrentLinkedQueue<>();
    private final Queue<Refused> refused = new ConcurrentLinkedQueue<>();
    /** Cancelled before their envelopes came, the oldest first; large envelopes may be overtaken. */
    private final Set<TaskId> cancelledEarly = new LinkedHashSet<>();

    private volatile boolean closed;
    private volatile boolean abandoned;

    /** An end that is to be told again, since too much waits for the spawner. */
    private record Refused(MemberId spawner, Finished finished) {}

    /**
     * @param slots how many tasks run at a time
     * @param forwarder null: output is not forwarded
     */
    Runner(TaskPorts ports, int slots, Applications applications, Forwarder forwarder, Executor callbacks) {
        this.self = ports.self();
        this.ports = ports;
        this.callbacks = callbacks;
        this.slots = new Slots(slots, threads::start, ports.loop());
        this.place = new RunningTask.Place(
                ports.transport(),
                this::tell,
                applications,
                forwarder,
                this.slots,
                ports.host(),
                this::started,
                this::ended);
    }

    void onEnvelope(Envelope envelope) {
        if (!envelope.target().equals(self)) {
            kept.put(envelope.id(), envelope);
            return;
        }
        RunningTask task = new RunningTask(envelope, place);
        if (closed || tasks.putIfAbsent(envelope.id(), task) != null) {
            return;
        }
        if (cancelledEarly.remove(envelope.id())) {
            task.cancel(false);
            task.run(); // only tells that it never started
            return;
        }
        if (envelope.virtual() && TaskThreads.hasVirtual()) {
            threads.startVirtual(task::run);
        } else {
            slots.submit(task);
        }
    }

    void onCancel(MemberId from, Cancel message) {
        TaskId id = new TaskId(from, message.task());
        RunningTask task = tasks.get(id);
        if (task != null) {
            task.cancel(message.interrupt());
            return;
        }
        cancelledEarly.add(id);
        if (cancelledEarly.size() > MOST_CANCELLED_EARLY) {
            cancelledEarly.remove(cancelledEarly.iterator().next());
        }
    }

    void onDone(MemberId from, Done message) {
        for (long number : message.tasks()) {
            TaskId id = new TaskId(from, number);
            kept.remove(id);
            cancelledEarly.remove(id);
        }
    }

    /** Asks the objects that the task waits for, so not on the event loop. */
    CompletableFuture<Explained> onExplain(MemberId from, Explain message) {
        RunningTask task = tasks.get(new TaskId(from, message.task()));
        return task == null
                ? CompletableFuture.completedFuture(new Explained("has just ended"))
                : CompletableFuture.supplyAsync(() -> new Explained(task.explain()), callbacks);
    }

    /** Interrupts the tasks that {@code member} started and those of its programs. */
    void onGone(MemberId member) {
        kept.keySet().removeIf(id -> id.spawner().equals(member));
        cancelledEarly.removeIf(id -> id.spawner().equals(member));
        tasks.values().forEach(task -> {
            Envelope envelope = task.envelope();
            if (envelope.id().spawner().equals(member)
                    || envelope.code().origin().equals(member)) {
                task.abandon();
            }
        });
        refused.removeIf(end -> end.spawner().equals(member)); // one that is gone need not be told again and again
        slots.retireThreads();
        threads.renew();
    }

    void onTick(long nanos) {
        slots.onTick(nanos);
        long now = System.nanoTime();
        timed.forEach(task -> task.checkTime(now));
        tellStarted();
        for (int i = refused.size(); i > 0; i--) {
            Refused again = refused.poll();
            if (again != null) {
                tell(again.spawner(), again.finished());
            }
        }
    }

    /** Tells how a task ended: now, or by a later tick if too much waits for its spawner. */
    private void tell(MemberId spawner, Finished finished) {
        if (!ports.offer(spawner, finished)) {
            refused.add(new Refused(spawner, finished));
        }
    }

    private void tellStarted() {
        Map<MemberId, List<Long>> started = new HashMap<>();
        for (RunningTask task = untold.poll(); task != null; task = untold.poll()) {
            TaskId id = task.envelope().id();
            if (tasks.containsKey(id)) {
                started.computeIfAbsent(id.spawner(), any -> new ArrayList<>()).add(id.number());
            }
        }
        started.forEach((spawner, numbers) -> ports.transport().send(spawner, new Started(numbers)));
    }

    private void started(RunningTask task) {
        untold.add(task);
        if (task.envelope().timeoutNanos() > 0) {
            timed.add(task);
        }
    }

    private void ended(RunningTask task) {
        tasks.remove(task.envelope().id());
        timed.remove(task);
        if (closed) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** How many cancels wait for their envelopes. On the event loop. */
    int cancelledEarly() {
        return cancelledEarly.size();
    }

    /** How many envelopes of tasks that run elsewhere it keeps. On the event loop. */
    int kept() {
        return kept.size();
    }

    /**
     * The process is to end: tasks that run end with it, so how their threads end now is told to nobody, and
     * {@link #close()} does not wait for them.
     */
    void abandon() {
        closed = true;
        abandoned = true;
        tasks.values().forEach(RunningTask::exit);
    }

    /** Interrupts all tasks and waits a little; those that do not end are left to their (daemon) threads. */
    void close() {
        closed = true;
        tasks.values().forEach(RunningTask::leave);
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
        tasks.values()
                .forEach(task -> LOG.warn(
                        "task '{}' was interrupted since the cluster closes, but goes on ({}); its thread is left to itself",
                        task.name(),
                        task.explain()));
    }
}
