package org.goaway.protocol.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.task.Assignable.End;

/**
 * What happened to the jobs of a run, checked as it happens: each ends once, without retries none starts twice, no attempt
 * starts twice, there are at most retries + 1 attempts, the end that is told is that of the last, and who is told that a job
 * has not started may rely on it.
 */
final class TaskHistory {

    private final LongSupplier clock;
    private final List<String> events = new ArrayList<>();
    private final Map<Job, Set<Integer>> starts = new HashMap<>();
    private final Map<Job, End> ends = new HashMap<>();
    private final Set<Job> submitted = new HashSet<>();
    private final Set<Job> assigned = new HashSet<>();
    private final Set<Job> cancelled = new HashSet<>();

    TaskHistory(LongSupplier clock) {
        this.clock = clock;
    }

    void submitted(Job job) {
        note("start of " + job + " asked for");
        submitted.add(job);
    }

    void assigned(Job job, MemberId to, int attempt) {
        note(job + " assigned to " + to + ", attempt " + attempt);
        assigned.add(job);
    }

    void cancelled(Job job) {
        note(job + " cancelled");
        cancelled.add(job);
    }

    void started(Job job, int attempt, MemberId at) {
        note(job + " starts at " + at + ", attempt " + attempt);
        Set<Integer> before = starts.computeIfAbsent(job, any -> new HashSet<>());
        check(before.add(attempt), job + " starts its attempt " + attempt + " twice");
        check(attempt <= job.retries() + 1, job + " starts its attempt " + attempt);
        boolean bound = job.bound() == null || (job.bound().equals(at) && attempt == 1);
        check(bound, job + " starts at " + at + ", attempt " + attempt);
        End end = ends.get(job);
        check(
                end == null || end.result() != null || end.mayHaveRun(),
                job + " starts, but it was told that it does not");
    }

    void ended(Job job, End end, int attempt) {
        note(job + " ends: " + end);
        check(ends.put(job, end) == null, job + " ends twice");
        int last = starts.getOrDefault(job, Set.of()).stream()
                .mapToInt(each -> each)
                .max()
                .orElse(0);
        if (end.result() != null) {
            Job.Answer answer = (Job.Answer) end.result();
            check(answer.job() == job.id(), job + " ends with the end of another: " + end);
            check(answer.attempt() == last, job + " ends with the end of attempt " + answer.attempt() + " of " + last);
        } else if (end.mayHaveRun()) {
            check(assigned.contains(job), job + " was never assigned, but may have run");
            check(
                    cancelled.contains(job) || job.bound() != null || attempt == job.retries() + 1,
                    job + " is given up at attempt " + attempt);
        } else {
            check(last == 0, job + " has started, but it was told that it has not");
            check(cancelled.contains(job) || job.bound() != null, job + " has not started, but does not move");
        }
    }

    /** Jobs of {@code spawner} that have not ended. */
    List<Job> open(MemberId spawner) {
        return submitted.stream()
                .filter(job -> job.spawner().equals(spawner) && !ends.containsKey(job))
                .toList();
    }

    void note(String event) {
        events.add(String.format("%10.3f ms  %s", clock.getAsLong() / 1e6, event));
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    @Override
    public String toString() {
        return "history:\n" + String.join("\n", events);
    }
}
