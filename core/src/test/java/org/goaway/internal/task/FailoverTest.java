package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.goaway.MemberLeftException;
import org.goaway.RemoteCallable;
import org.goaway.RemoteTask;
import org.goaway.TaskGroup;
import org.goaway.TaskOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What moves, what runs again and what is lost when members are. Two slots each. */
@Timeout(60)
@SuppressWarnings("serial") // Java serialization, which this is about, is not used
class FailoverTest {

    private static final AtomicReference<CountDownLatch> GO = new AtomicReference<>();
    private static final Map<String, Integer> STARTS = new ConcurrentHashMap<>();
    private static final Map<String, Integer> INTERRUPTS = new ConcurrentHashMap<>();

    private final TaskCluster cluster = new TaskCluster(3, 2);
    private final Tasks tasks = cluster.spawner();

    FailoverTest() {
        GO.set(new CountDownLatch(1));
        STARTS.clear();
        INTERRUPTS.clear();
    }

    @AfterEach
    void close() {
        GO.get().countDown();
        cluster.close();
    }

    /** Returns its attempt once it may go. */
    private static int work() throws InterruptedException {
        var task = Scope.current().context();
        STARTS.merge(task.name(), 1, Integer::sum);
        int attempt = task.attempt();
        try {
            GO.get().await();
        } catch (InterruptedException e) {
            INTERRUPTS.merge(task.name() + "/" + attempt, 1, Integer::sum);
            throw e;
        }
        return attempt;
    }

    /**
     * Like {@link #work}, but its thread is not blocked, so that no further task starts beside it after a while. Nor does it keep
     * the processors for itself: one would start also in the place of a thread that does not get to begin.
     */
    @SuppressWarnings("ThreadPriorityCheck")
    private static int compute() {
        var task = Scope.current().context();
        STARTS.merge(task.name(), 1, Integer::sum);
        while (GO.get().getCount() > 0) {
            Thread.yield();
        }
        return task.attempt();
    }

    /** The first tasks of a process are blocked while classes are loaded: others start beside them, as for short ones. */
    private void loadClasses() throws Exception {
        CountDownLatch go = GO.getAndSet(new CountDownLatch(0));
        start(6, 0, FailoverTest::compute).forEach(RemoteTask::join);
        for (int ticks = 0; ticks < 10; ticks++) { // until they are not taken for short any more
            assertThat(cluster.node(0).ticksOn()).isTrue();
        }
        GO.set(go);
        STARTS.clear();
    }

    private List<RemoteTask<Integer>> start(int count, int retries) {
        return start(count, retries, FailoverTest::work);
    }

    private List<RemoteTask<Integer>> start(int count, int retries, RemoteCallable<Integer> fn) {
        List<RemoteTask<Integer>> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(tasks.call(
                    TaskOptions.builder().name("t" + i).retries(retries).build(), fn));
        }
        return started;
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private static void awaitStarts(int count) {
        while (STARTS.size() < count) {
            Thread.yield();
        }
    }

    private static void awaitInterrupt(String attempt) {
        while (!INTERRUPTS.containsKey(attempt)) {
            Thread.onSpinWait();
        }
    }

    private List<RemoteTask<Integer>> at(int node, List<RemoteTask<Integer>> started) {
        String name = cluster.node(node).asMemberApi().name();
        return started.stream()
                .filter(task -> task.member().name().equals(name))
                .toList();
    }

    @Test
    void shouldMoveWhatHasNotStartedAndEndWhatMayHave() throws Exception {
        loadClasses();
        List<RemoteTask<Integer>> started = start(30, 0, FailoverTest::compute);
        awaitStarts(6);
        List<RemoteTask<Integer>> there = at(1, started);
        assertThat(there).hasSize(10);

        cluster.lose(1);
        GO.get().countDown();

        List<RemoteTask<Integer>> lost = new ArrayList<>();
        for (RemoteTask<Integer> task : started) {
            try {
                assertThat(task.join()).isEqualTo(1);
            } catch (MemberLeftException e) {
                assertThat(e.mayHaveRun()).isTrue();
                lost.add(task);
            }
        }
        assertThat(lost).hasSize(2).isSubsetOf(there);
        assertThat(at(1, started)).containsExactlyInAnyOrderElementsOf(lost);
        assertThat(STARTS)
                .hasSize(30)
                .allSatisfy((task, starts) -> assertThat(starts).isEqualTo(1));
    }

    @Test
    void shouldRunAgainElsewhereWithAttemptRaised() {
        List<RemoteTask<Integer>> started = start(6, 1);
        awaitStarts(6);
        List<RemoteTask<Integer>> there = at(2, started);

        cluster.lose(2);
        GO.get().countDown();

        assertThat(started)
                .allSatisfy(task -> assertThat(task.join()).isEqualTo(there.contains(task) ? 2 : 1))
                .noneMatch(task -> task.member().name().equals("server-2"));
    }

    @Test
    void shouldGiveUpWhenAllRetriesAreUsed() {
        RemoteTask<Integer> task = start(2, 1).get(0);
        awaitStarts(1);
        List<String> lost = new ArrayList<>();
        while (!task.isDone()) {
            String at = task.member().name();
            int node = at.equals("spawner") ? 0 : at.equals("server-1") ? 1 : 2;
            if (node == 0) { // the spawner's own is never lost
                return;
            }
            if (!lost.contains(at)) {
                lost.add(at);
                cluster.lose(node);
            }
        }

        assertThat(lost).hasSize(2);
        assertThatThrownBy(task::join)
                .isInstanceOfSatisfying(
                        MemberLeftException.class,
                        e -> assertThat(e.mayHaveRun()).isTrue())
                .hasMessageContaining("started 2 times");
    }

    @Test
    void shouldNeverMoveBoundTask() {
        TaskOptions there = TaskOptions.builder()
                .on(cluster.node(1).asMemberApi())
                .retries(3)
                .build();
        List<RemoteTask<Integer>> started = IntStream.range(0, 4)
                .mapToObj(i -> tasks.call(there, FailoverTest::work))
                .toList();
        awaitStarts(2);

        cluster.lose(1);

        List<Boolean> mayHaveRun = new ArrayList<>();
        for (RemoteTask<Integer> task : started) {
            assertThatThrownBy(task::join)
                    .isInstanceOfSatisfying(MemberLeftException.class, e -> mayHaveRun.add(e.mayHaveRun()));
        }
        assertThat(mayHaveRun).containsExactly(true, true, false, false);
        assertThat(started).allMatch(task -> task.member().name().equals("server-1"));

        RemoteTask<Integer> late = tasks.call(there, FailoverTest::work);
        assertThatThrownBy(late::join).isInstanceOf(MemberLeftException.class);
        assertThat(late.member()).isNull();
    }

    @Test
    void shouldInterruptSupersededAttemptOfMemberThatComesBack() {
        List<RemoteTask<Integer>> started = start(3, 1);
        awaitStarts(3);
        RemoteTask<Integer> task = at(1, started).get(0);

        cluster.suspect(1);
        while (task.member().name().equals("server-1")) {
            Thread.onSpinWait();
        }
        cluster.reunite(1);
        awaitInterrupt("t" + started.indexOf(task) + "/1");
        GO.get().countDown();

        assertThat(task.join()).isEqualTo(2);
        assertThat(INTERRUPTS).hasSize(1);
    }

    @Test
    void shouldDropResultOfSupersededAttempt() throws Exception {
        List<RemoteTask<Integer>> started = start(3, 1);
        awaitStarts(3);
        RemoteTask<Integer> task = at(1, started).get(0);

        cluster.suspect(1);
        GO.get().countDown(); // both attempts end; the first one's end gets lost with the link

        assertThat(task.join()).isEqualTo(2);
        cluster.reunite(1);
        assertThat(tasks.call(
                                TaskOptions.builder()
                                        .on(cluster.node(1).asMemberApi())
                                        .build(),
                                FailoverTest::work)
                        .join())
                .isEqualTo(1);
    }

    @Test
    void shouldKeepMapGoingWhenMemberIsLost() {
        TaskGroup<Integer> group = tasks.map(
                TaskOptions.builder().retries(1).build(),
                IntStream.range(0, 50).boxed().toList(),
                x -> work() + 10 * x);
        awaitStarts(6);

        cluster.lose(1);
        GO.get().countDown();

        assertThat(group.join()).hasSize(50).filteredOn(x -> x % 10 == 2).hasSize(2);
    }

    @Test
    void shouldFindMessagesLostWithoutAnyoneTakenForLost() {
        cluster.node(1).deaf(true);
        RemoteTask<Integer> task = tasks.call(
                TaskOptions.builder().on(cluster.node(1).asMemberApi()).build(), FailoverTest::work);
        cluster.node(1).deaf(false);
        awaitStarts(1);
        cluster.node(0).deaf(true);
        GO.get().countDown();
        while (cluster.node(0).missed() == 0) {
            Thread.onSpinWait();
        }
        cluster.node(0).deaf(false);

        assertThat(task.join()).isEqualTo(1);
        assertThat(STARTS).hasSize(1).containsValue(1);
    }
}
