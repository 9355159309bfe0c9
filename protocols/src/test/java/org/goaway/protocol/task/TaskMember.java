package org.goaway.protocol.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.task.TaskMessage.Assign;
import org.goaway.protocol.task.TaskMessage.Cancel;
import org.goaway.protocol.task.TaskMessage.Done;
import org.goaway.protocol.task.TaskMessage.Envelope;
import org.goaway.protocol.task.TaskMessage.Finished;
import org.goaway.protocol.task.TaskMessage.Missing;
import org.goaway.protocol.task.TaskMessage.Out;
import org.goaway.protocol.task.TaskMessage.Room;
import org.goaway.protocol.task.TaskRun.State;

/** A simulated member: it starts jobs and runs others' in two slots; one that waits for its child gives up its slot. */
final class TaskMember implements Protocol, SpawnerPort, RunnerPort<TaskRun> {

    private static final int SLOTS = 2;
    private static final long BEHIND_NANOS = 150_000_000;

    private final MemberId self;
    private final Transport transport;
    private final LocalCluster cluster;
    private final TaskHistory history;
    private final TaskParts parts;
    private final Assignments assignments;
    private final Admissions<TaskRun> admissions;
    private final Map<MemberId, Integer> unfinished = new HashMap<>();
    private final List<TaskRun> queue = new ArrayList<>();
    private final List<TaskRun> runs = new ArrayList<>();
    private final Map<Job, Runnable> waiting = new HashMap<>();
    private final TaskOrder order = new TaskOrder();

    TaskMember(
            MemberId self,
            Transport transport,
            Clock clock,
            LocalCluster cluster,
            TaskHistory history,
            TaskParts parts) {
        this.self = self;
        this.transport = transport;
        this.cluster = cluster;
        this.history = history;
        this.parts = parts;
        this.assignments = parts.assignments(self, this, clock.nanos());
        this.admissions = parts.admissions(self, this, clock.nanos());
    }

    /** Starts a job, whose number is returned. */
    long submit(Job job) {
        history.submitted(job);
        Spawned spawned = new Spawned(job);
        long number = assignments.submit(spawned, null);
        if (number == 0) {
            spawned.ended(new Assignable.End(job.bound(), null, false, false));
        }
        return number;
    }

    void cancel(long number) {
        Spawned known = (Spawned) assignments.task(number);
        if (known != null) {
            history.cancelled(known.job);
            assignments.cancel(number, true);
        }
    }

    /** These and this member take each other for lost, and are back at once. */
    void onAnew(Set<MemberId> members) {
        history.note(self + " takes " + members + " for lost and back");
        members.forEach(admissions::onGone);
        members.forEach(order::lost);
        assignments.onGone(members, members);
        members.forEach(admissions::onBack);
    }

    void onBack(MemberId member) {
        admissions.onBack(member);
        assignments.onBack(member);
    }

    /** The attempts that run here and have not been interrupted. */
    List<TaskRun> runs() {
        return runs.stream()
                .filter(run -> !run.interrupted && run.state != State.OVER)
                .toList();
    }

    boolean counts(MemberId at, TaskRun run) {
        return assignments.running(at, run.number, run.attempt) != null;
    }

    /** A job at its spawner. */
    private final class Spawned implements Assignable {
        private final Job job;
        private int attempt;

        Spawned(Job job) {
            this.job = job;
        }

        @Override
        public Message content() {
            return job;
        }

        @Override
        public int bytes() {
            return job.bytes();
        }

        @Override
        public boolean isBound() {
            return job.bound() != null;
        }

        @Override
        public boolean isUnlimited() {
            return job.unlimited();
        }

        @Override
        public boolean isShared() {
            return job.isShared();
        }

        @Override
        public int retries() {
            return job.retries();
        }

        @Override
        public MemberId place(Predicate<MemberId> usable) {
            MemberId best = null;
            for (MemberId member : cluster.members()) {
                boolean may = usable.test(member)
                        && (job.bound() == null || job.bound().equals(member));
                if (may && (best == null || load(member) < load(best))) {
                    best = member;
                }
            }
            if (best != null) {
                unfinished.merge(best, 1, Integer::sum);
            }
            return best;
        }

        private int load(MemberId member) {
            return unfinished.getOrDefault(member, 0);
        }

        @Override
        public void leave(MemberId member) {
            order.gone(job, member);
            if (unfinished.merge(member, -1, Integer::sum) < 0) {
                throw new AssertionError(job + " leaves " + member + " twice");
            }
        }

        @Override
        public void placed(MemberId member, int now) {
            attempt = now;
            order.placed(job, member);
        }

        @Override
        public void ended(End end) {
            history.ended(job, end, attempt);
            Runnable parent = waiting.remove(job);
            if (parent != null) {
                cluster.onLoop(self, parent);
            }
        }
    }

    @Override
    public void send(MemberId to, TaskMessage message) {
        if (message instanceof Assign assign) {
            assign.tasks().forEach(number -> noteAssigned(number, to, assign.attempt()));
        }
        transport.send(to, message);
    }

    private void noteAssigned(long number, MemberId to, int attempt) {
        Spawned known = (Spawned) assignments.task(number);
        if (known == null) {
            throw new AssertionError("task " + number + ", which has ended, is assigned to " + to);
        }
        history.assigned(known.job, to, attempt);
    }

    @Override
    public void post(long number, Envelope envelope, boolean all) {
        if (envelope.target() != null) {
            noteAssigned(number, envelope.target(), envelope.attempt());
            order.leaves((Job) envelope.content(), envelope.target());
        }
        if (all) {
            transport.multicast(cluster.members(), envelope);
        }
        if (envelope.target() != null && (!all || envelope.target().equals(self))) {
            transport.send(envelope.target(), envelope);
        }
    }

    @Override
    public void repost(Envelope envelope) {
        transport.send(envelope.target(), envelope);
    }

    @Override
    public void tellAgain(MemberId spawner, Finished end) {
        send(spawner, end);
    }

    @Override
    public void tellAll(Done message) {
        transport.multicast(cluster.members(), message);
        transport.send(self, message);
    }

    @Override
    public int kind(int bytes) {
        return parts.kind(bytes);
    }

    @Override
    public boolean isBehind(MemberId member, int bytes) {
        return Job.isBehind(bytes, cluster.now() / BEHIND_NANOS + member.low());
    }

    @Override
    public int slots(MemberId member) {
        return SLOTS;
    }

    @Override
    public TaskRun start(MemberId spawner, long number, int attempt, long stint, Message content) {
        if (content == null) {
            throw new AssertionError("task " + number + " of " + spawner + " is started without its content");
        }
        TaskRun run = new TaskRun(spawner, number, attempt, stint, (Job) content);
        runs.add(run);
        cluster.onLoop(self, () -> enqueue(run));
        return run;
    }

    private void enqueue(TaskRun run) {
        if (run.interrupted) {
            over(run, null);
        } else if (run.job.unlimited()) {
            begin(run);
        } else {
            queue.add(run);
            startFree();
        }
    }

    private long inSlots() {
        return runs.stream()
                .filter(run -> run.state == State.RUNNING && !run.job.unlimited())
                .count();
    }

    private void startFree() {
        while (!queue.isEmpty() && inSlots() < SLOTS) {
            begin(queue.remove(0));
        }
    }

    private void begin(TaskRun run) {
        run.state = State.RUNNING;
        history.started(run.job, run.attempt, self);
        Job child = run.job.child();
        if (child == null) {
            compute(run);
        } else {
            run.state = State.WAITING;
            Job mine = new Job(
                    child.id() + 1_000_000L * run.attempt,
                    self,
                    child.millis(),
                    child.child(),
                    null,
                    child.retries(),
                    false);
            waiting.put(mine, () -> {
                run.state = State.RUNNING;
                compute(run);
            });
            submit(mine);
            startFree();
            tellRoom();
        }
    }

    private void compute(TaskRun run) {
        Duration time = Duration.ofMillis(run.interrupted ? 1 : run.job.millis());
        cluster.after(time, () -> cluster.onLoop(self, () -> over(run, new Job.Answer(run.job.id(), run.attempt))));
    }

    private void over(TaskRun run, Job.Answer answer) {
        if (run.state != State.OVER) {
            run.state = State.OVER;
            queue.remove(run);
            admissions.ended(run.spawner, run.number, run.stint, answer, false);
            startFree();
        }
    }

    private void tellRoom() {
        for (MemberId spawner : admissions.backlogged()) {
            long waits = runs.stream()
                    .filter(run -> run.state == State.WAITING && run.spawner.equals(spawner))
                    .count();
            if (parts.tellsRoom()) {
                admissions.room(spawner, (int) waits);
            }
        }
    }

    @Override
    public void cancel(TaskRun run, boolean interrupt) {
        cluster.onLoop(self, () -> interrupt(run));
    }

    @Override
    public void supersede(TaskRun run) {
        cluster.onLoop(self, () -> interrupt(run));
    }

    private void interrupt(TaskRun run) {
        run.interrupted = true;
        if (run.state == State.QUEUED && queue.contains(run)) {
            over(run, null);
        } else if (run.state == State.RUNNING) {
            over(run, new Job.Answer(run.job.id(), run.attempt));
        }
    }

    @Override
    public void onMessage(MemberId from, Message message) {
        if (message instanceof Envelope envelope) {
            admissions.onEnvelope(from, envelope);
        } else if (message instanceof Assign assign) {
            admissions.onAssign(from, assign);
        } else if (message instanceof Cancel cancel) {
            admissions.onCancel(from, cancel);
        } else if (message instanceof Done done) {
            admissions.onDone(from, done);
        } else if (message instanceof Finished finished) {
            assignments.onFinished(from, finished);
        } else if (message instanceof Missing missing) {
            assignments.onMissing(from, missing);
        } else if (message instanceof Room room) {
            assignments.onRoom(from, room);
        } else if (message instanceof Out out) {
            order.lost(from);
            assignments.onOut(from, out);
        }
        if (assignments.mayAssignMore()) {
            cluster.onLoop(self, assignments::assignMore);
        }
    }

    @Override
    public void onEpoch(Epoch epoch) {
        // tasks know members as present or lost only
    }

    @Override
    public void onGone(MemberId member) {
        history.note(self + " takes " + member + " for lost");
        admissions.onGone(member);
        order.lost(member);
        assignments.onGone(Set.of(member), Set.of());
    }

    @Override
    public void onTick(long nanos) {
        admissions.onTick(nanos);
        assignments.onTick(nanos);
        tellRoom();
    }
}
