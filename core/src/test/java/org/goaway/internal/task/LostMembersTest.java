package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Spliterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.goaway.ClusterClosedException;
import org.goaway.MemberLeftException;
import org.goaway.RemoteTask;
import org.goaway.TaskGroup;
import org.goaway.TaskOptions;
import org.goaway.UnavailableException;
import org.goaway.protocol.task.TaskMessage.Envelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of tasks when members are lost, or take each other for lost. Tasks share the test's own statics. */
@Timeout(30)
@SuppressWarnings("serial") // Java serialization, which this is about, is not used
class LostMembersTest {

    private static final AtomicReference<CountDownLatch> ENTERED = new AtomicReference<>();
    private static final AtomicReference<CountDownLatch> GO = new AtomicReference<>();
    private static final AtomicReference<CountDownLatch> INTERRUPTED = new AtomicReference<>();
    private static final AtomicReference<AtomicInteger> STARTED = new AtomicReference<>();

    private final TaskCluster cluster = new TaskCluster(3, 2);
    private final Tasks tasks = cluster.spawner();

    LostMembersTest() {
        ENTERED.set(new CountDownLatch(1));
        GO.set(new CountDownLatch(1));
        INTERRUPTED.set(new CountDownLatch(1));
    }

    @AfterEach
    void close() {
        GO.get().countDown();
        cluster.close();
    }

    private static int square(int x) {
        return x * x;
    }

    private static void block() throws InterruptedException {
        ENTERED.get().countDown();
        try {
            GO.get().await();
        } catch (InterruptedException e) {
            INTERRUPTED.get().countDown();
            throw e;
        }
    }

    /** Heeds no interrupt, and its thread is not blocked. */
    private static void compute() {
        ENTERED.get().countDown();
        while (GO.get().getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    private TaskOptions on(int node) {
        return TaskOptions.builder().on(cluster.node(node).asMemberApi()).build();
    }

    /** In both slots of a member. */
    @Test
    void shouldRunTasksBesideThoseWhoseTimeIsUpAndThatHeedNoInterrupt() {
        TaskOptions brief = TaskOptions.builder()
                .on(cluster.node(1).asMemberApi())
                .timeout(Duration.ofMillis(20))
                .build();
        List<RemoteTask<Void>> endless =
                List.of(tasks.run(brief, LostMembersTest::compute), tasks.run(brief, LostMembersTest::compute));

        endless.forEach(task -> assertThatThrownBy(task::join).hasCauseInstanceOf(TimeoutException.class));
        assertThat(tasks.call(on(1), LostMembersTest::square, 3).join()).isEqualTo(9);
    }

    @Test
    void shouldRunTasksBesideCancelledOnesThatHeedNoInterrupt() throws Exception {
        ENTERED.set(new CountDownLatch(2));
        List<RemoteTask<Void>> endless =
                List.of(tasks.run(on(1), LostMembersTest::compute), tasks.run(on(1), LostMembersTest::compute));
        ENTERED.get().await();

        endless.forEach(task -> assertThat(task.cancel(true)).isTrue());

        assertThat(tasks.call(on(1), LostMembersTest::square, 3).join()).isEqualTo(9);
    }

    @Test
    void shouldRunTasksBesideAttemptsThatCountNoMoreAndHeedNoInterrupt() throws Exception {
        ENTERED.set(new CountDownLatch(2));
        List<RemoteTask<Void>> endless =
                List.of(tasks.run(on(1), LostMembersTest::compute), tasks.run(on(1), LostMembersTest::compute));
        ENTERED.get().await();

        cluster.suspect(1);
        endless.forEach(task -> assertThatThrownBy(task::join).isInstanceOf(MemberLeftException.class));
        cluster.reunite(1);

        assertThat(tasks.call(on(1), LostMembersTest::square, 3).join()).isEqualTo(9);
    }

    @Test
    void shouldTellTaskAsMaybeRunThatCannotBeSentAgain() throws Exception {
        TaskOptions options =
                TaskOptions.builder().excludeSpawner(true).retries(1).build();
        RemoteTask<Void> task = tasks.run(options, large -> block(), new byte[10_000]);
        ENTERED.get().await();
        cluster.node(0).unmade(Envelope.class::isInstance);

        cluster.lose(task.member().name().equals("server-1") ? 1 : 2);

        assertThatThrownBy(task::join)
                .isInstanceOfSatisfying(
                        MemberLeftException.class,
                        lost -> assertThat(lost.mayHaveRun()).isTrue())
                .hasMessageContainingAll("it may have run", "could not be put into a message");
    }

    /** Only server-1 may run them. */
    private TaskGroup<Integer> fiveOfWhichTheFirstBlock() throws InterruptedException {
        TaskOptions only = TaskOptions.builder().label("server-1").build();
        TaskGroup<Integer> group = tasks.map(only, List.of(1, 2, 3, 4, 5), item -> {
            block();
            return square(item);
        });
        ENTERED.get().await();
        return group;
    }

    @Test
    void shouldKeepTheRestOfAGroupWhileItsOnlyMemberIsOutOfView() throws Exception {
        TaskGroup<Integer> group = fiveOfWhichTheFirstBlock();

        cluster.show(1, false);
        assertThat(cluster.node(0).ticksOn()).isTrue();
        cluster.show(1, true);
        GO.get().countDown();

        assertThat(group.join()).containsExactly(1, 4, 9, 16, 25);
    }

    @Test
    void shouldEndTheRestOfAGroupWhoseOnlyMemberIsLostThoughNothingCanBeAgreedOn() throws Exception {
        TaskGroup<Integer> group = fiveOfWhichTheFirstBlock();

        cluster.loseUnagreed(1);

        Spliterator<Integer> ends = group.asCompleted().spliterator();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> ends.tryAdvance(any -> {}))
                    .isInstanceOfAny(MemberLeftException.class, UnavailableException.class);
        }
        TaskGroup<Integer> bound = tasks.map(on(1), List.of(1, 2, 3), LostMembersTest::square);
        assertThatThrownBy(bound::join).isInstanceOf(MemberLeftException.class);
    }

    @Test
    void shouldEndWhatItRunsForOthersOnceItIsOutAndRunMoreOnceItIsBack() throws Exception {
        RemoteTask<Void> blocked = tasks.run(on(1), LostMembersTest::block);
        ENTERED.get().await();

        cluster.part(1);
        INTERRUPTED.get().await();
        assertThatThrownBy(blocked::join).isInstanceOf(MemberLeftException.class);
        RemoteTask<Integer> waiting = tasks.call(on(1), LostMembersTest::square, 3);
        assertThat(cluster.node(0).ticksOn()).isTrue();
        assertThat(waiting.isDone()).isFalse();

        cluster.together(1);
        assertThat(waiting.join()).isEqualTo(9);
    }

    @Test
    void shouldSayThatATaskWaitsForOneThatTookItsSpawnerForLost() throws Exception {
        RemoteTask<Void> blocked = tasks.run(on(1), LostMembersTest::block);
        ENTERED.get().await();
        cluster.takeForLost(1, 0);
        assertThatThrownBy(blocked::join).isInstanceOf(MemberLeftException.class);

        assertThat(tasks.run(on(1), LostMembersTest::block).explain())
                .contains("waits for an answer of server-1")
                .doesNotContain("busy");
    }

    @Test
    void shouldSayThatATaskHasNotArrived() {
        cluster.node(1).deaf(true);
        assertThat(tasks.run(on(1), LostMembersTest::block).explain()).contains("has not arrived at server-1 yet");
    }

    @Test
    void shouldRunElsewhereWhatHadNotStartedThoughTheSpawnerWasOut() throws Exception {
        ENTERED.set(new CountDownLatch(4));
        TaskOptions servers = TaskOptions.builder().excludeSpawner(true).build();
        List<RemoteTask<Void>> started = IntStream.range(0, 4)
                .mapToObj(i -> tasks.run(servers, LostMembersTest::block))
                .toList();
        ENTERED.get().await();
        List<RemoteTask<Integer>> waiting = IntStream.range(0, 8)
                .mapToObj(i -> tasks.call(servers, LostMembersTest::square, i))
                .toList();

        cluster.dropSpawner();

        for (int i = 0; i < 8; i++) {
            assertThat(waiting.get(i).join()).isEqualTo(i * i);
        }
        started.forEach(task -> assertThatThrownBy(task::join)
                .isInstanceOfSatisfying(
                        MemberLeftException.class,
                        lost -> assertThat(lost.mayHaveRun()).isTrue()));
    }

    @Test
    void shouldEndTasksOfLostMemberAtOnce() throws Exception {
        RemoteTask<Void> task = tasks.run(on(1), LostMembersTest::block);
        ENTERED.get().await();

        cluster.lose(1);

        assertThatThrownBy(task::join)
                .isInstanceOfSatisfying(
                        MemberLeftException.class,
                        e -> assertThat(e.mayHaveRun()).isTrue())
                .hasMessageContaining("server-1");
        assertThatThrownBy(tasks.run(on(1), () -> {})::join)
                .isInstanceOfSatisfying(
                        MemberLeftException.class,
                        e -> assertThat(e.mayHaveRun()).isFalse());
        assertThat(tasks.call(LostMembersTest::square, 3).join()).isEqualTo(9);
    }

    /** What a member uses ends before it has left: a task that fails for that did not fail. */
    @Test
    void shouldNotHearOfTasksThatFailSinceTheirMemberIsAboutToLeave() throws Exception {
        RemoteTask<Void> task = tasks.run(on(1), () -> {
            compute();
            throw new ClusterClosedException("what it used was closed");
        });
        ENTERED.get().await();

        cluster.node(1).tasks().leaving();
        GO.get().countDown();
        while (cluster.node(1).tasks().count() > 0) {
            Thread.onSpinWait();
        }
        assertThat(cluster.node(1).ticksOn()).isTrue();
        assertThat(cluster.node(0).ticksOn()).isTrue();
        assertThat(task.isDone()).isFalse();

        cluster.lose(1);
        assertThatThrownBy(task::join).isInstanceOf(MemberLeftException.class);
    }

    @Test
    void shouldMoveTasksThatReachAMemberThatIsAboutToLeave() {
        cluster.node(1).tasks().leaving();

        List<RemoteTask<Integer>> squares = IntStream.range(0, 12)
                .mapToObj(x -> tasks.call(LostMembersTest::square, x))
                .toList();

        for (int x = 0; x < squares.size(); x++) {
            assertThat(squares.get(x).join()).isEqualTo(x * x);
            assertThat(squares.get(x).member().name()).isNotEqualTo("server-1");
        }
        assertThatThrownBy(tasks.run(on(1), () -> {})::join)
                .isInstanceOfSatisfying(
                        MemberLeftException.class,
                        e -> assertThat(e.mayHaveRun()).isFalse());
        assertThatThrownBy(tasks.run(on(1), () -> {})::join)
                .isInstanceOf(MemberLeftException.class)
                .hasMessageContaining("server-1, which is leaving");
    }

    @Test
    void shouldEndTasksOfItsOwnThatHaveNotStartedWithItsCluster() throws Exception {
        tasks.leaving();
        RemoteTask<Integer> own = tasks.call(on(0), LostMembersTest::square, 3);
        assertThat(cluster.node(0).ticksOn()).isTrue();
        assertThat(own.isDone()).isFalse();

        tasks.close();

        assertThatThrownBy(own::join).isInstanceOf(ClusterClosedException.class);
    }

    /** The slots are another spawner's, so this one has assigned its task. */
    @Test
    void shouldNotStartTaskThatWaitsForASlotOfAMemberThatIsAboutToLeave() throws Exception {
        ENTERED.set(new CountDownLatch(2));
        Tasks other = cluster.node(2).tasks();
        List<RemoteTask<Void>> busy =
                List.of(other.run(on(1), LostMembersTest::compute), other.run(on(1), LostMembersTest::compute));
        ENTERED.get().await();
        RemoteTask<Integer> waits = tasks.call(on(1), LostMembersTest::square, 3);
        while (cluster.node(1).tasks().count() < 3) {
            Thread.onSpinWait();
        }

        cluster.node(1).tasks().leaving();
        GO.get().countDown();

        assertThatThrownBy(waits::join)
                .isInstanceOfSatisfying(
                        MemberLeftException.class,
                        e -> assertThat(e.mayHaveRun()).isFalse());
        busy.forEach(RemoteTask::join);
    }

    @Test
    void shouldInterruptTasksOfLostSpawner() throws Exception {
        RemoteTask<Void> orphan = tasks.run(on(1), LostMembersTest::block);
        ENTERED.get().await();

        cluster.lose(0);

        assertThat(INTERRUPTED.get().await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(orphan.isDone()).isFalse();
    }

    @Test
    void shouldEndMapThatLostMemberHadPartOf() throws Exception {
        var group = tasks.map(IntStream.range(0, 20).boxed().toList(), x -> {
            block();
            return x;
        });
        ENTERED.get().await();

        cluster.lose(2);
        GO.get().countDown();

        assertThatThrownBy(group::join).isInstanceOf(MemberLeftException.class);
    }

    @Test
    void shouldHandOutNothingToAMemberThatIsAboutToLeave() {
        cluster.node(1).tasks().leaving();
        assertThatThrownBy(tasks.run(on(1), () -> {})::join).isInstanceOf(MemberLeftException.class);

        var group = tasks.map(IntStream.range(0, 100).boxed().toList(), x -> {
            block();
            return x;
        });

        assertThat(((SpawnedGroup<?, ?>) group).notHandedOut())
                .as("the two others have two slots each")
                .isEqualTo(96);
        GO.get().countDown();
        assertThat(group.join()).hasSize(100);
    }

    /** That member is here the spawner itself, whose program it is. */
    @Test
    void shouldHandOutNoFurtherItemsOfAProgramWhoseMemberIsLost() throws Exception {
        AtomicInteger started = new AtomicInteger();
        STARTED.set(started);
        var group = tasks.map(IntStream.range(0, 100).boxed().toList(), x -> {
            STARTED.get().incrementAndGet();
            block();
            return x;
        });
        ENTERED.get().await();

        cluster.takeForLost(0, 0);
        GO.get().countDown();

        assertThatThrownBy(group::join).isInstanceOf(MemberLeftException.class);
        while (tasks.figures().getSpawnedUnfinished() > 0) {
            Thread.onSpinWait();
        }
        assertThat(started).hasValueLessThanOrEqualTo(6);
    }

    @Test
    void shouldEndGroupBoundToMemberThatLeft() {
        TaskOptions there = on(1);
        cluster.lose(1);

        assertThatThrownBy(() ->
                        tasks.map(there, List.of(1, 2), LostMembersTest::square).join())
                .isInstanceOfSatisfying(
                        MemberLeftException.class,
                        e -> assertThat(e.mayHaveRun()).isFalse());
    }

    @Test
    void shouldEndItemsNotHandedOutWhenLastEligibleMemberLeaves() throws Exception {
        var group = tasks.map(
                TaskOptions.builder().label("server-1").build(),
                IntStream.range(0, 100).boxed().toList(),
                x -> {
                    block();
                    return x;
                });
        ENTERED.get().await();

        cluster.lose(1);

        assertThatThrownBy(group::join).isInstanceOf(MemberLeftException.class);
        assertThat(group.asCompleted().spliterator().hasCharacteristics(Spliterator.SIZED))
                .isFalse();
        assertThatThrownBy(() ->
                        tasks.map(TaskOptions.builder().label("server-1").build(), List.of(1), LostMembersTest::square))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void shouldTellNothingOfTasksThatEndWithTheirProcess() throws Exception {
        RemoteTask<Void> task = tasks.run(on(1), LostMembersTest::block);
        ENTERED.get().await();

        cluster.node(1).tasks().abandon();
        cluster.node(1).tasks().close();
        assertThat(INTERRUPTED.get().await(10, TimeUnit.SECONDS)).isTrue();
        cluster.lose(1);

        assertThatThrownBy(task::join).isInstanceOf(MemberLeftException.class);
    }

    @Test
    void shouldTellASpawnerThatDoesNotKnowThatItWasTakenForLost() throws Exception {
        RemoteTask<Void> task = tasks.run(on(1), LostMembersTest::block);
        ENTERED.get().await();

        cluster.takeForLost(1, 0);

        assertThatThrownBy(task::join)
                .isInstanceOfSatisfying(
                        MemberLeftException.class,
                        e -> assertThat(e.mayHaveRun()).isTrue())
                .hasMessageContainingAll("server-1", "left the cluster");
        assertThat(INTERRUPTED.get().await(10, TimeUnit.SECONDS)).isTrue();
    }
}
