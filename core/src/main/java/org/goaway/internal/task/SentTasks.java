package org.goaway.internal.task;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.MemberLeftException;
import org.goaway.NotTransferableException;
import org.goaway.UnavailableException;
import org.goaway.internal.task.SpawnedTask.Outcome;
import org.goaway.internal.task.TaskHost.TaskMember;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.task.Assignable;
import org.goaway.protocol.task.Assignments;
import org.goaway.protocol.task.SpawnerPort;
import org.goaway.protocol.task.TaskMessage;
import org.goaway.protocol.task.TaskMessage.Done;
import org.goaway.protocol.task.TaskMessage.Envelope;
import org.goaway.protocol.task.TaskMessage.Finished;
import org.goaway.protocol.task.TaskMessage.Missing;
import org.goaway.protocol.task.TaskMessage.Out;
import org.goaway.protocol.task.TaskMessage.Room;

/** The tasks of a spawner whose ends are not known: the protocol's side of it, for any thread. */
final class SentTasks implements SpawnerPort {

    private static final Logger LOG = LogManager.getLogger(SentTasks.class);

    private final TaskPorts ports;
    private final Steps steps = new Steps();
    private final Assignments assignments;

    /** Bytes of envelopes that were assigned in steps and that the transport has not got yet. */
    private final Map<MemberId, Long> posting = new ConcurrentHashMap<>();

    /** The same of large ones, which wait apart. */
    private final Map<MemberId, Long> postingLarge = new ConcurrentHashMap<>();

    /** Whether {@link #assignMore} is to come; changed in steps. */
    private boolean assigning;

    SentTasks(TaskPorts ports) {
        this.ports = ports;
        this.assignments = new Assignments(ports.self(), this, System.nanoTime());
    }

    /**
     * Starts a task.
     *
     * @param reserved where {@link Placement} has counted it already; null: nowhere
     * @return false: no member may run it
     */
    boolean submit(SentTask sent, MemberId reserved) {
        return steps.get(() -> {
            long number = assignments.submit(sent, reserved);
            sent.task().numbered(number);
            return number != 0;
        });
    }

    /** The members that start nothing more. */
    Set<MemberId> leaving() {
        return steps.get(assignments::leaving);
    }

    /** The members that count as lost. */
    Set<MemberId> gone() {
        return steps.get(assignments::gone);
    }

    /** Does {@code effect} after the step that is being taken. */
    void after(Runnable effect) {
        steps.after(effect);
    }

    void onMessage(MemberId from, TaskMessage message) {
        steps.take(() -> {
            if (message instanceof Finished finished) {
                assignments.onFinished(from, finished);
            } else if (message instanceof Missing missing) {
                assignments.onMissing(from, missing);
            } else if (message instanceof Room room) {
                assignments.onRoom(from, room);
            } else if (message instanceof Out out) {
                assignments.onOut(from, out);
            } else {
                throw new IllegalArgumentException("not for spawners: " + message);
            }
            if (assignments.mayAssignMore() && !assigning) {
                assigning = true;
                steps.after(() -> ports.loop().execute(this::assignMore));
            }
        });
    }

    /** After the messages that have come together with the one that made room. */
    private void assignMore() {
        steps.take(() -> {
            assigning = false;
            assignments.assignMore();
        });
    }

    void onGone(Set<MemberId> members, Set<MemberId> back) {
        steps.take(() -> assignments.onGone(members, back));
    }

    /** These may run tasks now. */
    void onPresent(List<TaskMember> members) {
        steps.take(() -> members.forEach(member -> assignments.onPresent(member.id())));
    }

    void onBack(MemberId member) {
        steps.take(() -> assignments.onBack(member));
    }

    void onTick(long nanos) {
        steps.take(() -> assignments.onTick(nanos));
    }

    void cancel(SpawnedTask<?> task, boolean interrupt) {
        steps.take(() -> assignments.cancel(task.number(), interrupt));
    }

    /** Forgets a task of which its member is told nothing. */
    void withdraw(SpawnedTask<?> task) {
        steps.take(() -> assignments.withdraw(task.number()));
    }

    /** The task that {@code from} runs as this attempt; null: none. */
    SpawnedTask<?> running(MemberId from, long number, int attempt) {
        return taskOf(steps.get(() -> assignments.running(from, number, attempt)));
    }

    boolean isKnown(SpawnedTask<?> task) {
        return steps.get(() -> assignments.task(task.number())) != null;
    }

    boolean isAssigned(SpawnedTask<?> task) {
        return steps.get(() -> assignments.isAssigned(task.number()));
    }

    boolean awaitsAnswer(SpawnedTask<?> task) {
        return steps.get(() -> assignments.awaitsAnswer(task.number()));
    }

    /** How many tasks the member may be running. */
    int assignedAt(MemberId member) {
        return steps.get(() -> assignments.assignedAt(member));
    }

    int before(SpawnedTask<?> task) {
        return steps.get(() -> assignments.before(task.number()));
    }

    /** How many have not ended here; a cancelled one has, though its member may be told of it yet. */
    int unended() {
        return all(task -> !task.hasEnded()).size();
    }

    /** All of them that are as {@code wanted}. */
    List<SpawnedTask<?>> all(Predicate<SpawnedTask<?>> wanted) {
        return steps.get(() -> {
            List<SpawnedTask<?>> all = new ArrayList<>();
            for (long number : assignments.numbers()) {
                SpawnedTask<?> task = taskOf(assignments.task(number));
                if (wanted.test(task)) {
                    all.add(task);
                }
            }
            return all;
        });
    }

    private static SpawnedTask<?> taskOf(Assignable sent) {
        return sent == null ? null : ((SentTask) sent).task();
    }

    @Override
    public void send(MemberId to, TaskMessage message) {
        steps.after(() -> ports.transport().send(to, message));
    }

    @Override
    public void post(long number, Envelope envelope, boolean all) {
        SpawnedTask<?> task = taskOf(assignments.task(number));
        MemberId target = envelope.target();
        int bytes = target == null ? 0 : ((Work) envelope.content()).bytes();
        if (bytes > 0) {
            posting(bytes).merge(target, (long) bytes, Long::sum);
        }
        steps.after(() -> {
            try {
                if (!isTaken(envelope, all)) {
                    unsent(
                            task,
                            envelope,
                            new UnavailableException(
                                    task.describe()
                                            + " was not started: too much that was sent there before still waits to leave. Start"
                                            + " it again when earlier tasks have ended, and fewer with large arguments at a time"));
                }
            } catch (Throwable e) { // it takes memory to make a message
                unsent(
                        task,
                        envelope,
                        new NotTransferableException(
                                task.describe() + " was not started: its function and arguments could not be put into a"
                                        + " message: " + e + ". Pass less, or give this process more memory (-Xmx)",
                                e));
            } finally {
                if (bytes > 0) {
                    posting(bytes)
                            .merge(target, (long) bytes, (sum, left) -> sum.equals(left) ? null : (Long) (sum - left));
                }
            }
        });
    }

    private Map<MemberId, Long> posting(int bytes) {
        return TaskPorts.isLarge(bytes) ? postingLarge : posting;
    }

    @Override
    public void repost(Envelope envelope) {
        MemberId target = envelope.target();
        steps.after(() -> {
            try {
                if (ports.mayRepeat(target, ((Work) envelope.content()).bytes())) {
                    boolean unused = ports.offer(target, envelope); // what is refused is asked for again
                }
            } catch (Throwable e) { // it takes memory to make a message, and an earlier one may start the task yet
                LOG.warn("the envelope of task {} could not be sent again", envelope.task(), e);
            }
        });
    }

    private boolean isTaken(Envelope envelope, boolean all) {
        MemberId target = envelope.target();
        boolean taken = true;
        if (all) {
            Collection<MemberId> refusing = ports.offers().offer(others(), envelope);
            taken = target == null || !refusing.contains(target);
        }
        if (ports.self().equals(target) || (!all && target != null)) {
            taken = ports.offer(target, envelope);
        }
        return taken;
    }

    private void unsent(SpawnedTask<?> task, Envelope envelope, RuntimeException why) {
        withdraw(task);
        task.end(Outcome.failed(
                envelope.attempt() == 1
                        ? why
                        : new MemberLeftException(
                                "task '" + task.name()
                                        + "' was lost with a member that left the cluster; it may have run,"
                                        + " wholly or in part. It would run again, but " + why.getMessage(),
                                true,
                                why)));
        task.letGo();
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

    @Override
    public void tellAll(Done message) {
        steps.after(() -> {
            ports.transport().multicast(others(), message);
            ports.transport().send(ports.self(), message);
        });
    }

    @Override
    public int kind(int bytes) {
        return TaskPorts.kind(bytes);
    }

    @Override
    public boolean isBehind(MemberId member, int bytes) {
        return ports.isBehind(member, posting(bytes).getOrDefault(member, 0L), bytes);
    }

    @Override
    public int slots(MemberId member) {
        for (TaskMember known : ports.host().members()) {
            if (known.id().equals(member)) {
                return known.slots();
            }
        }
        return 0;
    }
}
