package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.goaway.NotTransferableException;
import org.goaway.RemoteCallable;
import org.goaway.RemoteExecutor;
import org.goaway.RemoteTaskException;
import org.goaway.TaskOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the executor keeps the contracts of java.util.concurrent about several tasks. */
@Timeout(30)
@SuppressWarnings("serial") // Java serialization, which this is about, is not used
class TaskExecutorInvokeTest {

    private static final AtomicReference<CountDownLatch> GO = new AtomicReference<>();
    private static final AtomicInteger INTERRUPTED = new AtomicInteger();
    private static final AtomicReference<RemoteExecutor> NESTED = new AtomicReference<>();

    private final TaskCluster cluster = new TaskCluster(3, 2);
    private final RemoteExecutor executor = cluster.spawner().executor(TaskOptions.defaults());

    TaskExecutorInvokeTest() {
        GO.set(new CountDownLatch(1));
        INTERRUPTED.set(0);
    }

    @AfterEach
    void close() {
        GO.get().countDown();
        cluster.close();
    }

    private static RemoteCallable<Integer> returning(int value) {
        return () -> value;
    }

    private static RemoteCallable<Integer> blocking() {
        return () -> {
            try {
                GO.get().await();
            } catch (InterruptedException e) {
                INTERRUPTED.incrementAndGet();
                throw e;
            }
            return 0;
        };
    }

    private static RemoteCallable<Integer> failing(String message) {
        return () -> {
            throw new IOException(message);
        };
    }

    /** Whether all that it started has ended, so that what was not needed was cancelled. */
    private void assertNothingRuns() throws InterruptedException {
        executor.shutdown();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(GO.get().getCount()).isOne();
    }

    @Test
    void shouldReturnAllInOrderAndDone() throws Exception {
        List<RemoteCallable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            tasks.add(returning(i));
        }

        List<Future<Integer>> done = executor.invokeAll(tasks);

        for (int i = 0; i < 50; i++) {
            assertThat(done.get(i).isDone()).isTrue();
            assertThat(done.get(i).get()).isEqualTo(i);
        }
        assertThat(executor.invokeAll(List.<RemoteCallable<Integer>>of())).isEmpty();
    }

    @Test
    void shouldTellFailuresByTheFuturesOfAll() throws Exception {
        List<Future<Integer>> done = executor.invokeAll(List.of(failing("first"), returning(2), failing("third")));

        assertThat(done).hasSize(3).allMatch(Future::isDone).noneMatch(Future::isCancelled);
        assertThatThrownBy(() -> done.get(0).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RemoteTaskException.class);
        assertThat(done.get(1).get()).isEqualTo(2);
    }

    @Test
    void shouldRefuseNullsAndCancelWhatWasStarted() throws Exception {
        assertThatThrownBy(() -> executor.invokeAll(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor.invokeAny(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor.invokeAll(List.of(returning(1)), 1, null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor.invokeAny(List.of(returning(1)), 1, null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor.invokeAll(Arrays.asList(blocking(), null)))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor.invokeAny(Arrays.asList(blocking(), null)))
                .isInstanceOf(NullPointerException.class);

        assertNothingRuns();
    }

    @Test
    void shouldCancelWhatWasStartedWhenOneIsRefused() throws Exception {
        Callable<Integer> plain = () -> 1;

        assertThatThrownBy(() -> executor.invokeAll(List.of(blocking(), plain)))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContaining("List<RemoteCallable<...>>");
        assertThatThrownBy(() -> executor.invokeAny(List.of(blocking(), plain)))
                .isInstanceOf(NotTransferableException.class);

        assertNothingRuns();
    }

    @Test
    void shouldCancelWhatHasNotEndedWhenTheTimeIsUp() throws Exception {
        List<RemoteCallable<Integer>> tasks = List.of(returning(1), blocking(), blocking());
        executor.submit(returning(1)).get(); // the classes are there
        List<Future<Integer>> done = executor.invokeAll(tasks, 300, TimeUnit.MILLISECONDS);

        assertThat(done).hasSize(3).allMatch(Future::isDone);
        assertThat(done.get(0).get()).isEqualTo(1);
        assertThat(done.get(1).isCancelled()).isTrue();
        assertThat(done.get(2).isCancelled()).isTrue();
        assertNothingRuns();
    }

    @Test
    void shouldReturnAllBeforeTheTimeIsUp() throws Exception {
        List<Future<Integer>> done = executor.invokeAll(List.of(returning(1), returning(2)), 20, TimeUnit.SECONDS);

        assertThat(done.get(0).get()).isEqualTo(1);
        assertThat(done.get(1).get()).isEqualTo(2);
    }

    @Test
    void shouldCancelAllWhenTheWaitingThreadIsInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> executor.invokeAll(List.of(blocking(), blocking())))
                .isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> executor.invokeAny(List.of(blocking(), blocking())))
                .isInstanceOf(InterruptedException.class);

        assertNothingRuns();
    }

    @Test
    void shouldReturnTheFirstResultAndCancelTheOthers() throws Exception {
        assertThat(executor.invokeAny(List.of(blocking(), failing("no"), returning(7), blocking())))
                .isEqualTo(7);
        assertThat(executor.invokeAny(List.of(blocking(), returning(8)), 20, TimeUnit.SECONDS))
                .isEqualTo(8);
        assertThat(executor.<Integer>invokeAny(List.of((RemoteCallable<Integer>) () -> null)))
                .isNull();

        assertNothingRuns();
    }

    @Test
    void shouldThrowTheLastFailureWhenAllFail() {
        assertThatThrownBy(() -> executor.invokeAny(List.of(failing("one"), failing("two"))))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(RemoteTaskException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void shouldThrowWhenNoneHasReturnedInTime() throws Exception {
        assertThatThrownBy(() -> executor.invokeAny(List.of(blocking(), failing("no")), 50, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);

        assertNothingRuns();
    }

    @Test
    void shouldRefuseToReturnOneOfNone() {
        assertThatThrownBy(() -> executor.invokeAny(List.<RemoteCallable<Integer>>of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no tasks");
    }

    @Test
    void shouldLetTasksOfAFullMemberWaitForTheirOwn() {
        for (int i = 0; i < 3; i++) {
            NESTED.set(cluster.node(i)
                    .tasks()
                    .executor(TaskOptions.builder()
                            .on(cluster.node(1).asMemberApi())
                            .build()));
        }
        List<Future<Integer>> outer = new ArrayList<>();
        RemoteExecutor bound = cluster.spawner()
                .executor(
                        TaskOptions.builder().on(cluster.node(1).asMemberApi()).build());
        for (int i = 0; i < 8; i++) {
            outer.add(bound.submit(TaskExecutorInvokeTest::nested));
        }

        assertThat(outer).allSatisfy(task -> assertThat(task.get()).isEqualTo(3));
    }

    private static int nested() throws Exception {
        int sum = 0;
        for (Future<Integer> task : NESTED.get().invokeAll(List.of(returning(1), returning(1)))) {
            sum += task.get();
        }
        return sum + NESTED.get().invokeAny(List.of(returning(1)));
    }
}
