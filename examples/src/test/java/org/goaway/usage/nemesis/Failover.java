package org.goaway.usage.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.goaway.Cluster;
import org.goaway.MemberLeftException;
import org.goaway.RemoteTask;
import org.goaway.TaskOptions;
import org.goaway.usage.Eventually;
import org.goaway.usage.nemesis.Marks.Mark;

/** Many short tasks, half of them with retries, and some that hold a lock until they are interrupted. One thread. */
final class Failover {

    private static final int MILLIS = 40;
    private static final int HOLDERS = 8;
    private static final int RETRIES = 2;

    private final Cluster cluster;
    private final Watch watch;
    private final Path marks;
    private final int tasks;
    private final List<RemoteTask<Integer>> shorts = new ArrayList<>();
    private final List<RemoteTask<Integer>> holders = new ArrayList<>();
    private final Map<Integer, String> held = new HashMap<>();

    Failover(Cluster cluster, Watch watch, Path marks, int tasks) {
        this.cluster = cluster;
        this.watch = watch;
        this.marks = marks;
        this.tasks = tasks;
    }

    void start() throws IOException {
        String file = marks.toString();
        TaskOptions once = TaskOptions.builder().retries(1).build();
        for (int i = 0; i < HOLDERS; i++) {
            holders.add(cluster.call(once, Marks::holds, file, tasks + i));
        }
        awaitStarts(HOLDERS);
        for (int i = 0; i < HOLDERS; i++) {
            held.put(i, holders.get(i).member().name());
        }
        for (int i = 0; i < tasks; i++) {
            shorts.add(cluster.call(options(i), Marks::works, file, i, MILLIS));
        }
    }

    private static TaskOptions options(int task) {
        return TaskOptions.builder().retries(retries(task)).build();
    }

    /** Groups of four: tasks go round the members, and each is to get some of both kinds. */
    private static int retries(int task) {
        return task / 4 % 2 == 0 ? 0 : RETRIES;
    }

    void awaitStarts(int count) {
        Eventually.holds(
                () -> marksNow().size() >= count, () -> "only " + marksNow().size() + " tasks have started");
    }

    private List<Mark> marksNow() {
        try {
            return Marks.in(marks);
        } catch (IOException e) {
            throw new AssertionError("no marks", e);
        }
    }

    /**
     * Checks all that was promised once the fault is over. Who stood still for so long that it may have been dropped may have
     * lost tasks like those that were hit.
     *
     * @param hit the servers that were harmed
     * @param back whether they are back
     * @return what happened
     */
    String check(Set<String> hit, boolean back) throws Exception {
        Map<Integer, Integer> returned = new HashMap<>();
        Set<Integer> lost = new HashSet<>();
        for (int task = 0; task < tasks; task++) {
            end(task, shorts.get(task), hit, returned, lost);
        }
        Map<Integer, List<Integer>> starts = attempts(Marks.START);
        for (int task = 0; task < tasks; task++) {
            List<Integer> attempts = starts.getOrDefault(task, List.of());
            int most = retries(task) + 1;
            assertThat(attempts)
                    .as("attempts at %d", task)
                    .doesNotHaveDuplicates()
                    .allMatch(each -> each <= most);
            Integer last = returned.get(task);
            if (last != null) {
                assertThat(attempts).as("attempts at %d", task).contains(last).allMatch(each -> each <= last);
            }
        }
        Set<String> out = watch.seen().orHit(hit);
        int slots = 4 * Runtime.getRuntime().availableProcessors();
        assertThat(lost).as("lost of %s", out).hasSizeLessThanOrEqualTo(2 * slots * out.size());
        int freed = checkHolders(hit, back);
        long again = returned.values().stream().filter(attempt -> attempt > 1).count();
        return returned.size() + " returned, " + again + " of them again, " + lost.size() + " lost, " + freed
                + " locks taken over" + (out.equals(hit) ? "" : "; " + watch.seen());
    }

    private void end(
            int task, RemoteTask<Integer> future, Set<String> hit, Map<Integer, Integer> returned, Set<Integer> lost)
            throws Exception {
        try {
            returned.put(task, future.get(Eventually.AT_MOST.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .as("end of %d", task)
                    .isInstanceOfSatisfying(
                            MemberLeftException.class,
                            left -> assertThat(left.mayHaveRun()).isTrue());
            assertThat(retries(task)).as("retries of %d", task).isZero();
            assertThat(watch.seen().orHit(hit)).contains(future.member().name());
            lost.add(task);
        }
    }

    private Map<Integer, List<Integer>> attempts(String what) {
        return marksNow().stream()
                .filter(mark -> mark.what().equals(what))
                .collect(Collectors.groupingBy(Mark::task, Collectors.mapping(Mark::attempt, Collectors.toList())));
    }

    /** Those of harmed servers run again, with the lock of the attempt before, which is interrupted where it goes on. */
    private int checkHolders(Set<String> hit, boolean back) throws Exception {
        int freed = 0;
        for (int i = 0; i < HOLDERS; i++) {
            int task = tasks + i;
            boolean wasHit = hit.contains(held.get(i));
            boolean goesOn = !holders.get(i).isDone();
            if (!wasHit && (goesOn || !watch.seen().orHit(hit).contains(held.get(i)))) {
                assertThat(goesOn).as("holder on %s", held.get(i)).isTrue();
                holders.get(i).cancel(true);
                continue;
            }
            assertThat(holders.get(i).get(Eventually.AT_MOST.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(2);
            freed++;
            if (back) {
                Eventually.holds(
                        () -> attempts(Marks.INTERRUPT)
                                .getOrDefault(task, List.of())
                                .contains(1),
                        () -> "the first attempt at " + task + " is not interrupted");
            }
        }
        assertThat(freed).isPositive();
        return freed;
    }
}
