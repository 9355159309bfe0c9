package org.goaway.protocol.task;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.kit.LocalCluster;
import org.goaway.protocol.kit.Seeds;

/**
 * Members start jobs on each other while messages get lost, repeated and reordered, members crash and pause, and members
 * take each other for lost, on one side or on both. Once that ends all jobs of members that live must end, and what runs
 * must count.
 */
final class TaskScenario {

    private static final int HARM_MILLIS = 3_000;
    private static final int MOST_MILLIS = 400;
    private static final int LONG_MILLIS = 12_000;

    private final LocalCluster cluster;
    private final TaskHistory history;
    private final Map<MemberId, TaskMember> members;
    private final Random random;
    private long jobs;

    private TaskScenario(Seeds.Run run, int size, TaskParts parts) {
        cluster = run.show(new LocalCluster(size, run.seed()));
        random = cluster.random();
        history = run.show(new TaskHistory(cluster::now));
        members = cluster.install(
                (self, transport, clock) -> new TaskMember(self, transport, clock, cluster, history, parts));
    }

    static void run(Seeds.Run run, int size, TaskParts parts) {
        TaskScenario scenario = new TaskScenario(run, size, parts);
        scenario.harm();
        scenario.end();
    }

    private void harm() {
        cluster.firewall()
                .loss(random.nextInt(3) * 0.1)
                .repetition(random.nextInt(3) * 0.1)
                .delay(Duration.ofMillis(1), Duration.ofMillis(1 + random.nextInt(60)));
        List<MemberId> all = cluster.members();
        int spawners = 1 + random.nextInt(2);
        for (int i = 0; i < spawners; i++) {
            MemberId spawner = all.get(i);
            int count = 5 + random.nextInt(25);
            for (int job = 0; job < count; job++) {
                at(random.nextInt(HARM_MILLIS), () -> cluster.onLoop(spawner, () -> start(spawner)));
            }
        }
        int faults = 1 + random.nextInt(6);
        for (int i = 0; i < faults; i++) {
            at(random.nextInt(HARM_MILLIS), this::fault);
        }
        cluster.run(Duration.ofMillis(HARM_MILLIS + 3_000));
    }

    private void at(int millis, Runnable action) {
        cluster.after(Duration.ofMillis(millis), action);
    }

    private void start(MemberId spawner) {
        boolean bound = random.nextInt(8) == 0;
        boolean parent = !bound && random.nextInt(3) == 0;
        Job child = parent ? new Job(++jobs, null, millis(), null, null, random.nextInt(2), false) : null;
        Job job = new Job(
                ++jobs,
                spawner,
                random.nextInt(15) == 0 ? LONG_MILLIS : millis(),
                child,
                bound ? anyone() : null,
                random.nextInt(3),
                random.nextInt(10) == 0);
        long number = members.get(spawner).submit(job);
        if (number > 0 && random.nextInt(6) == 0) {
            at(
                    random.nextInt(MOST_MILLIS),
                    () -> cluster.onLoop(spawner, () -> members.get(spawner).cancel(number)));
        }
    }

    private int millis() {
        return 1 + random.nextInt(random.nextBoolean() ? 10 : MOST_MILLIS);
    }

    private MemberId anyone() {
        List<MemberId> all = cluster.members();
        return all.get(random.nextInt(all.size()));
    }

    private void fault() {
        MemberId one = anyone();
        MemberId other = anyone();
        int millis = 20 + random.nextInt(2_000);
        switch (random.nextInt(7)) {
            case 0 -> {
                history.note(one + " crashes");
                cluster.crash(one);
            }
            case 1 -> {
                history.note(one + " pauses");
                cluster.pause(one, Duration.ofMillis(millis));
                suspectAll(one, millis);
            }
            case 2 -> suspect(one, other, millis);
            case 3 -> {
                suspect(one, other, millis);
                suspect(other, one, millis);
            }
            case 4 -> {
                cut(one, millis);
                suspectAll(one, millis);
            }
            case 5 -> cut(one, millis);
            default -> anew(one);
        }
    }

    /** The member was out for a moment: it and the others take each other for lost and back, when they come to know of it. */
    private void anew(MemberId member) {
        for (MemberId other : cluster.members()) {
            List<MemberId> lost = other.equals(member) ? cluster.members() : List.of(member);
            at(
                    random.nextInt(100),
                    () -> cluster.onLoop(
                            other,
                            () -> members.get(other)
                                    .onAnew(lost.stream()
                                            .filter(one -> !one.equals(other) && !cluster.crashed(one))
                                            .collect(Collectors.toSet()))));
        }
    }

    /** All others take the member for lost, and it them, but for some that never notice. */
    private void suspectAll(MemberId member, int millis) {
        for (MemberId other : cluster.members()) {
            if (random.nextInt(8) > 0) {
                suspect(other, member, millis);
            }
            if (random.nextInt(3) > 0) {
                suspect(member, other, millis);
            }
        }
    }

    private void suspect(MemberId at, MemberId member, int millis) {
        if (!at.equals(member)) {
            at(
                    random.nextInt(millis),
                    () -> cluster.onLoop(at, () -> members.get(at).onGone(member)));
            at(millis + random.nextInt(100), () -> cluster.onLoop(at, () -> back(at, member)));
        }
    }

    private void back(MemberId at, MemberId member) {
        if (!cluster.crashed(member)) {
            members.get(at).onBack(member);
        }
    }

    private void cut(MemberId member, int millis) {
        history.note(member + " is cut off");
        cluster.firewall()
                .part(
                        List.of(member),
                        cluster.members().stream()
                                .filter(other -> !other.equals(member))
                                .toList());
        at(millis, () -> cluster.firewall().mend(member));
    }

    private void end() {
        history.note("all faults end");
        cluster.firewall().heal();
        for (MemberId at : living()) {
            living().forEach(member -> cluster.onLoop(at, () -> members.get(at).onBack(member)));
        }
        cluster.run(Duration.ofSeconds(4));
        living().forEach(this::checkWhatRuns);
        if (!cluster.runUntil(this::isOver, Duration.ofMinutes(2))) {
            throw new AssertionError("jobs that do not end: "
                    + living().stream().map(history::open).toList());
        }
        cluster.run(Duration.ofSeconds(2));
    }

    private List<MemberId> living() {
        return cluster.members().stream()
                .filter(member -> !cluster.crashed(member))
                .toList();
    }

    private void checkWhatRuns(MemberId at) {
        for (TaskRun run : members.get(at).runs()) {
            if (cluster.crashed(run.spawner)) {
                throw new AssertionError(run.job + " still runs at " + at + ", but its spawner is lost");
            }
            if (!members.get(run.spawner).counts(at, run)) {
                throw new AssertionError("attempt " + run.attempt + " at " + run.job + " still runs at " + at
                        + ", but does not count any more");
            }
        }
    }

    private boolean isOver() {
        return living().stream().allMatch(member -> history.open(member).isEmpty());
    }
}
