package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.goaway.ClusterClosedException;
import org.goaway.GoAwayException;
import org.goaway.Member;
import org.goaway.NotTransferableException;
import org.goaway.RemoteTask;
import org.goaway.RemoteTaskException;
import org.goaway.TaskGroup;
import org.goaway.TaskOptions;
import org.goaway.TaskStatus;
import org.goaway.UnavailableException;
import org.goaway.internal.task.Result.Ending;
import org.goaway.internal.task.SpawnedTask.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A spawner and two servers in one JVM: what tasks of this class share through statics is the test's own channel. */
@Timeout(30)
@SuppressWarnings("serial") // Java serialization, which this is about, is not used
class TasksTest {

    private static final AtomicReference<CountDownLatch> ENTERED = new AtomicReference<>();
    private static final AtomicReference<CountDownLatch> GO = new AtomicReference<>();
    private static final AtomicReference<CountDownLatch> INTERRUPTED = new AtomicReference<>();
    private static final AtomicReference<TaskCluster> CLUSTER = new AtomicReference<>();

    private final TaskCluster cluster = new TaskCluster(3, 2);
    private final Tasks tasks = cluster.spawner();

    TasksTest() {
        ENTERED.set(new CountDownLatch(1));
        GO.set(new CountDownLatch(1));
        INTERRUPTED.set(new CountDownLatch(1));
        CLUSTER.set(cluster);
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

    /** Like {@link #block}, but its thread is not blocked, so that its slot stays taken. */
    private static void compute() {
        while (GO.get().getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    private TaskOptions on(int node) {
        return TaskOptions.builder().on(cluster.node(node).asMemberApi()).build();
    }

    @Test
    void shouldReturnResultsOfAllShapes() {
        assertThat(tasks.call(() -> "none").join()).isEqualTo("none");
        assertThat(tasks.call(TasksTest::square, 7).join()).isEqualTo(49);
        assertThat(tasks.call((Integer a, Integer b) -> a + b, 1, 2).join()).isEqualTo(3);
        assertThat(tasks.call((Integer a, Integer b, Integer c) -> a + b + c, 1, 2, 3)
                        .join())
                .isEqualTo(6);
        assertThat(tasks.run(() -> {}).join()).isNull();
        assertThat(tasks.run(a -> {}, 1).join()).isNull();
        assertThat(tasks.run((a, b) -> {}, 1, 2).join()).isNull();
        assertThat(tasks.run((a, b, c) -> {}, 1, 2, 3).join()).isNull();
    }

    @Test
    void shouldSpreadTasksOverAllMembers() {
        List<RemoteTask<String>> started = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            started.add(tasks.call(() -> {
                GO.get().await();
                return "";
            }));
        }

        assertThat(started.stream().map(task -> task.member().name()))
                .containsExactlyInAnyOrder("spawner", "server-1", "server-2");
    }

    @Test
    void shouldThrowRemoteExceptionWithItsTypeAndFramesAndNameOfMemberAndTask() {
        TaskOptions named =
                TaskOptions.builder().name("chunk 3").label("server-1").build();
        RemoteTask<Object> task = tasks.call(named, () -> {
            throw new IOException("no such file");
        });

        assertThatThrownBy(task::join)
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("chunk 3")
                .hasMessageContaining("server-1")
                .hasMessageContaining("no such file")
                .cause()
                .isInstanceOf(IOException.class)
                .satisfies(cause ->
                        assertThat(cause.getStackTrace()[0].getClassName()).isEqualTo(TasksTest.class.getName()));
        assertThatThrownBy(task::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RemoteTaskException.class);
        assertThatThrownBy(() -> task.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RemoteTaskException.class);
        assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
    }

    @Test
    void shouldSurviveErrorsOfTasks() {
        RemoteTask<Integer> deep = tasks.call(on(1), TasksTest::endless);
        RemoteTask<Object> full = tasks.call(on(1), () -> {
            throw new OutOfMemoryError("none left");
        });

        assertThatThrownBy(deep::join).hasCauseInstanceOf(StackOverflowError.class);
        assertThatThrownBy(full::join).hasCauseInstanceOf(OutOfMemoryError.class);
        assertThat(tasks.call(on(1), TasksTest::square, 2).join()).isEqualTo(4);
    }

    @SuppressWarnings("InfiniteRecursion") // that is the point
    private static int endless() {
        return 1 + endless();
    }

    @Test
    void shouldTellExceptionThatCannotTravelInWords() {
        RemoteTask<Object> task = tasks.call(() -> {
            throw new Untransferable("lost", new IllegalStateException("deeper"));
        });

        assertThatThrownBy(task::join)
                .isInstanceOf(RemoteTaskException.class)
                .cause()
                .hasMessageContaining("lost")
                .hasMessageContaining("could not travel")
                .satisfies(cause -> {
                    assertThat(cause.toString()).startsWith(Untransferable.class.getName());
                    assertThat(cause.getCause()).hasMessage("deeper");
                });
    }

    private static final class Untransferable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Thread held = Thread.currentThread();

        Untransferable(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public String getLocalizedMessage() {
            return held.isAlive() ? getMessage() : null;
        }
    }

    @Test
    void shouldRefuseFunctionAndReportResultThatCannotTravel() {
        Thread thread = Thread.currentThread();

        assertThatThrownBy(() -> tasks.call(() -> thread.getName())).isInstanceOf(NotTransferableException.class);
        assertThatThrownBy(() -> tasks.map(List.of(1, 2), x -> thread.getName()))
                .isInstanceOf(NotTransferableException.class);
        assertThatThrownBy(() -> tasks.call(Thread::currentThread).join())
                .isInstanceOf(RemoteTaskException.class)
                .hasCauseInstanceOf(NotTransferableException.class);
    }

    @Test
    void shouldInterruptCancelledTask() throws Exception {
        RemoteTask<Void> task = tasks.run(on(1), TasksTest::block);
        ENTERED.get().await();

        assertThat(task.cancel(true)).isTrue();

        assertThat(task.isCancelled()).isTrue();
        assertThat(task.status()).isEqualTo(TaskStatus.CANCELLED);
        assertThatThrownBy(task::join).isInstanceOf(CancellationException.class);
        assertThatThrownBy(task::get).isInstanceOf(CancellationException.class);
        assertThat(INTERRUPTED.get().await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldNotStartTaskThatWasCancelledInQueue() throws Exception {
        TaskOptions there = on(1);
        List<RemoteTask<Void>> busy =
                List.of(tasks.run(there, TasksTest::compute), tasks.run(there, TasksTest::compute));
        AtomicIntegerHolder.COUNT.set(0);
        RemoteTask<Void> queued = tasks.run(there, AtomicIntegerHolder::count);

        queued.cancel(true);
        // An answer from there comes after the cancellation has arrived there.
        assertThat(busy.get(0).explain()).isNotEmpty();
        GO.get().countDown();
        busy.forEach(RemoteTask::join);
        tasks.run(there, () -> {}).join();

        assertThat(AtomicIntegerHolder.COUNT).hasValue(0);
    }

    private static final class AtomicIntegerHolder {
        static final AtomicInteger COUNT = new AtomicInteger();

        static void count() {
            COUNT.incrementAndGet();
        }
    }

    @Test
    void shouldEndTaskWhoseTimeIsUp() throws Exception {
        RemoteTask<Void> task =
                tasks.run(TaskOptions.builder().timeout(Duration.ofMillis(20)).build(), TasksTest::block);

        assertThatThrownBy(task::join)
                .isInstanceOf(RemoteTaskException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(INTERRUPTED.get().await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldReturnResultsOfMapInOrderOfItems() {
        List<Integer> items = IntStream.range(0, 1000).boxed().toList();

        assertThat(tasks.map(items, TasksTest::square).join())
                .isEqualTo(items.stream().map(TasksTest::square).toList());
        assertThat(tasks.map(items, TasksTest::square).asCompleted())
                .containsExactlyInAnyOrderElementsOf(
                        items.stream().map(TasksTest::square).toList());
        assertThat(tasks.map(List.<Integer>of(), TasksTest::square).join()).isEmpty();
        assertThat(tasks.forEach(items, x -> {}).join()).hasSize(1000).containsOnlyNulls();
    }

    @Test
    void shouldCancelAllTasksOfGroup() {
        var group = tasks.map(IntStream.range(0, 100).boxed().toList(), x -> {
            block();
            return x;
        });

        group.cancel();

        assertThatThrownBy(group::join).isInstanceOf(CancellationException.class);
    }

    @Test
    void shouldNotDeadlockWhenTasksWaitForTasks() {
        assertThat(tasks.call(TasksTest::nested, 6).join()).isEqualTo(64);
    }

    private static int nested(int depth) {
        if (depth == 0) {
            return 1;
        }
        Tasks here = CLUSTER.get().node(depth % 3).tasks();
        RemoteTask<Integer> left = here.call(TasksTest::nested, depth - 1);
        RemoteTask<Integer> right = here.call(TasksTest::nested, depth - 1);
        return left.join() + right.join();
    }

    @Test
    void shouldRunTasksOfManyThreads() throws Exception {
        List<CompletableFuture<Integer>> sums = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sums.add(CompletableFuture.supplyAsync(() -> IntStream.range(0, 200)
                    .map(x -> tasks.call(TasksTest::square, x).join())
                    .sum()));
        }
        for (CompletableFuture<Integer> sum : sums) {
            assertThat(sum.get()).isEqualTo(2646700);
        }
    }

    /** The loop handles what else is told of the task meanwhile, and may be what the decoding waits for. */
    @Test
    void shouldBeHeardOfWhileItsResultIsDecoded() throws Exception {
        RemoteTask<SlowToRead> task = tasks.call(on(1), () -> new SlowToRead(7));
        // The common pool may have one thread, which the first of these keeps.
        Executor ownThreads = work -> new Thread(work, "of-test").start();
        CompletableFuture<SlowToRead> joined = CompletableFuture.supplyAsync(task::join, ownThreads);
        ENTERED.get().await();

        assertThat(CompletableFuture.supplyAsync(task::status, ownThreads))
                .succeedsWithin(10, TimeUnit.SECONDS)
                .isEqualTo(TaskStatus.DONE);
        assertThat(cluster.node(0).ticksOn()).isTrue();

        GO.get().countDown();
        assertThat(joined.get()).isEqualTo(new SlowToRead(7));
    }

    /** Decoding it lasts until the test lets it end. */
    private record SlowToRead(int value) {
        SlowToRead {
            if (!Thread.currentThread().getName().startsWith("goaway-task-")) {
                ENTERED.get().countDown();
                while (GO.get().getCount() > 0) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    void shouldKeepTheEncodedResultNoLongerThanItIsNeeded() {
        RemoteTask<String> task = tasks.call(on(1), () -> {
            compute();
            return "";
        });
        WeakReference<byte[]> encoded = endAndJoin((SpawnedTask<String>) task);

        for (int i = 0; i < 100 && encoded.get() != null; i++) {
            System.gc();
        }

        assertThat(encoded.get()).isNull();
        assertThat(task.join()).isEqualTo("result");
    }

    private static WeakReference<byte[]> endAndJoin(SpawnedTask<String> task) {
        byte[] encoded = task.application().codec().encode("result");
        assertThat(task.end(new Outcome(TaskStatus.DONE, new Result(Ending.RETURNED, encoded, null), null)))
                .isTrue();
        assertThat(task.join()).isEqualTo("result");
        return new WeakReference<>(encoded);
    }

    @Test
    void shouldRunDependentsOnCallbackThreads() throws Exception {
        String thread = tasks.call(() -> "")
                .thenApply(any -> Thread.currentThread().getName())
                .toCompletableFuture()
                .get();
        String async = tasks.call(() -> "")
                .thenApplyAsync(any -> Thread.currentThread().getName())
                .toCompletableFuture()
                .get();

        assertThat(List.of(thread, async))
                .allMatch(name -> name.startsWith("goaway-callback-")
                        || name.equals(Thread.currentThread().getName()));
    }

    /** Nothing depended on it when it ended, nobody joins it, and allOf does not ask it. */
    @Test
    void shouldCompleteWhatIsMadeOfEndedTaskWithoutAskingIt() {
        RemoteTask<Integer> task = tasks.call(TasksTest::square, 3);
        while (task.status() != TaskStatus.DONE) {
            Thread.onSpinWait();
        }
        assertThat(CompletableFuture.allOf((CompletableFuture<?>) task)).succeedsWithin(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldGiveAllItemsWhatTheFunctionHadCapturedWhenTheGroupWasMade() {
        int[] factor = {1};
        TaskGroup<Integer> group = tasks.map(on(1), List.of(1, 2, 3), x -> {
            compute();
            return x * factor[0];
        });

        factor[0] = 100; // the third one is handed out later
        GO.get().countDown();

        assertThat(group.join()).containsExactly(1, 2, 3);
    }

    @Test
    void shouldKnowItsOwnTask() {
        TaskOptions named = TaskOptions.builder().name("mine").build();

        assertThat(tasks.call(named, () -> {
                            var me = Scope.current().context();
                            return me.name()
                                    + me.attempt()
                                    + me.isCancelled()
                                    + me.spawner().name()
                                    + Thread.currentThread().getName().startsWith("goaway-task-");
                        })
                        .join())
                .isEqualTo("mine1falsespawnertrue");
    }

    @Test
    void shouldTellNodeThatThreadIsFreeBeforeResultIsKnown() {
        tasks.run(on(1), () -> {}).join();

        assertThat(cluster.node(1).ended).hasSize(1);
    }

    @Test
    void shouldExplainWhatTaskWaitsFor() throws Exception {
        RemoteTask<Object> waiting = tasks.call(on(1), () -> {
            CompletableFuture<Object> never = new CompletableFuture<>();
            ENTERED.get().countDown();
            return CLUSTER.get().node(1).tasks().waiting().await(never, null, () -> "lock 'b', held by server-2");
        });
        ENTERED.get().await();
        while (!waiting.explain().contains("lock 'b'")) {
            Thread.onSpinWait();
        }

        assertThat(waiting.explain()).contains("server-1", "waits", "lock 'b', held by server-2");
        waiting.cancel(true);
    }

    @Test
    void shouldExplainWhatTaskIsQueuedFor() throws Exception {
        List<RemoteTask<Void>> busy =
                List.of(tasks.run(on(1), TasksTest::compute), tasks.run(on(1), TasksTest::compute));
        RemoteTask<Void> queued = tasks.run(on(1), () -> {});

        assertThat(busy).noneMatch(RemoteTask::isDone);
        assertThat(queued.explain()).contains("slots", "server-1 is busy with 2 tasks", "0 wait before it");
    }

    @Test
    void shouldRunWhereNoSpawnerIsWhereItIsExcluded() {
        TaskOptions servers = TaskOptions.builder().excludeSpawner(true).build();

        for (int i = 0; i < 6; i++) {
            RemoteTask<Void> task = tasks.run(servers, () -> {});
            task.join();
            assertThat(task.member().name()).startsWith("server-");
        }
        assertThat(tasks.map(servers, List.of(1, 2, 3, 4), TasksTest::square).join())
                .containsExactly(1, 4, 9, 16);
    }

    @Test
    void shouldSayThatNoServerIsThereWhereTheSpawnerIsExcluded() {
        TaskOptions servers = TaskOptions.builder().excludeSpawner(true).build();
        TaskOptions labelled =
                TaskOptions.builder().excludeSpawner(true).label("spawner").build();
        cluster.lose(1);
        cluster.lose(2);

        assertThatThrownBy(() -> tasks.run(servers, () -> {}))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContainingAll("excludes the spawner", "no server");
        assertThatThrownBy(() -> tasks.run(labelled, () -> {}))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("no server has the label 'spawner'");
    }

    @Test
    void shouldEndPendingTasksWhenClusterCloses() throws Exception {
        RemoteTask<Void> task = tasks.run(on(1), TasksTest::block);
        ENTERED.get().await();

        tasks.close();

        assertThatThrownBy(task::join).isInstanceOf(ClusterClosedException.class);
        assertThatThrownBy(() -> tasks.run(() -> {})).isInstanceOf(ClusterClosedException.class);
    }

    @Test
    void shouldRefuseLabelThatNobodyHas() {
        TaskOptions options = TaskOptions.builder().label("gpu").build();

        assertThatThrownBy(() -> tasks.run(options, () -> {}))
                .isInstanceOf(GoAwayException.class)
                .hasMessageContaining("gpu");
    }

    @Test
    void shouldRunWhereItIsBoundIfThatMemberHasTheLabel() {
        Member server = cluster.node(1).asMemberApi();
        TaskOptions options = TaskOptions.builder().on(server).label("server-1").build();

        RemoteTask<Integer> task = tasks.call(options, TasksTest::square, 3);
        assertThat(task.join()).isEqualTo(9);
        assertThat(task.member()).isEqualTo(server);
        assertThat(tasks.map(options, List.of(1, 2), TasksTest::square).join()).containsExactly(1, 4);
    }

    @Test
    void shouldRefuseToBindToAMemberWithoutTheLabel() {
        TaskOptions options = TaskOptions.builder()
                .on(cluster.node(1).asMemberApi())
                .label("server-2")
                .build();

        assertThatThrownBy(() -> tasks.call(options, TasksTest::square, 3))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContainingAll("bound to server-1", "no label 'server-2'");
        assertThatThrownBy(() -> tasks.map(options, List.of(1), TasksTest::square))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContainingAll("bound to server-1", "no label 'server-2'");
    }

    @Test
    void shouldRefuseGroupThatNobodyMayRun() {
        TaskOptions options = TaskOptions.builder().label("gpu").build();

        assertThatThrownBy(() -> tasks.map(options, List.of(1), TasksTest::square))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("gpu");
    }

    @Test
    void shouldEndTaskThatCouldNotBeSent() {
        cluster.node(0).full(true);

        assertThatThrownBy(tasks.run(on(1), () -> {})::join)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("was not started");
        assertThatThrownBy(tasks.call(TaskOptions.builder().label("server-2").build(), TasksTest::square, 2)::join)
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void shouldTellResultOnceThereIsRoomForIt() throws Exception {
        cluster.node(1).full(true);
        RemoteTask<Integer> task = tasks.call(on(1), TasksTest::square, 4);
        assertThat(cluster.node(1).refusal().await(10, TimeUnit.SECONDS)).isTrue();
        cluster.node(1).full(false);

        assertThat(task.join()).isEqualTo(16);
    }

    @Test
    void shouldSurviveExceptionWhoseMethodsThrow() {
        RemoteTask<Object> task = tasks.call(on(1), () -> {
            throw new Hostile();
        });

        assertThatThrownBy(task::join)
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining(Hostile.class.getName());
        assertThat(Failure.inWords(new Hostile()).frames()).isEmpty();
    }

    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Thread held = Thread.currentThread();

        @Override
        public String getMessage() {
            throw new AssertionError(held.getName());
        }

        @Override
        public synchronized Throwable getCause() {
            throw new LinkageError();
        }

        @Override
        @SuppressWarnings("ReturnsNullArray")
        public StackTraceElement[] getStackTrace() {
            return null;
        }
    }

    @Test
    void shouldRunDependentsOfTasksThatEndAfterClose() throws Exception {
        RemoteTask<Void> task = tasks.run(on(1), TasksTest::block);
        ENTERED.get().await();
        tasks.close();

        assertThatThrownBy(() ->
                        task.thenApplyAsync(any -> "").toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ClusterClosedException.class);
    }

    @Test
    void shouldKeepInterruptFlagOfInterruptedJoin() throws Exception {
        RemoteTask<Void> task = tasks.run(on(1), TasksTest::block);
        Thread.currentThread().interrupt();

        assertThatThrownBy(task::join).isInstanceOf(GoAwayException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldRunVirtualTaskWhateverTheJava() {
        TaskOptions options = TaskOptions.builder().virtual(true).build();

        assertThat(tasks.call(options, TasksTest::square, 5).join()).isEqualTo(25);
    }
}
