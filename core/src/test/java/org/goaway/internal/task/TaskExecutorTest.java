package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.goaway.ClusterClosedException;
import org.goaway.RemoteExecutor;
import org.goaway.RemoteJob;
import org.goaway.RemoteTask;
import org.goaway.RemoteTaskException;
import org.goaway.TaskOptions;
import org.goaway.TaskStatus;
import org.goaway.UnavailableException;
import org.goaway.internal.cluster.link.Warnings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the executor keeps the contracts of java.util.concurrent about single tasks and its own end. */
@Timeout(30)
@SuppressWarnings("serial") // Java serialization, which this is about, is not used
class TaskExecutorTest {

    private static final AtomicReference<CountDownLatch> ENTERED = new AtomicReference<>();
    private static final AtomicReference<CountDownLatch> GO = new AtomicReference<>();
    private static final AtomicReference<CountDownLatch> INTERRUPTED = new AtomicReference<>();

    private final TaskCluster cluster = new TaskCluster(3, 2);
    private final RemoteExecutor executor = cluster.spawner().executor(TaskOptions.defaults());

    TaskExecutorTest() {
        ENTERED.set(new CountDownLatch(1));
        GO.set(new CountDownLatch(1));
        INTERRUPTED.set(new CountDownLatch(1));
    }

    @AfterEach
    void close() {
        GO.get().countDown();
        cluster.close();
    }

    private static int block() throws InterruptedException {
        ENTERED.get().countDown();
        try {
            GO.get().await();
        } catch (InterruptedException e) {
            INTERRUPTED.get().countDown();
            throw e;
        }
        return 1;
    }

    private static void park() {
        ENTERED.get().countDown();
        LockSupport.park();
    }

    /** Goes on after an interrupt until it is told to end. */
    private static int insist() {
        ENTERED.get().countDown();
        boolean interrupted = false;
        while (GO.get().getCount() > 0) {
            if (Thread.interrupted()) {
                interrupted = true;
                INTERRUPTED.get().countDown();
            }
            Thread.onSpinWait();
        }
        return interrupted ? 2 : 1;
    }

    @Test
    void shouldReturnWhatCallablesReturnAndNullOrTheGivenResultForJobs() throws Exception {
        assertThat(executor.submit(() -> 6 * 7).get()).isEqualTo(42);
        assertThat(executor.submit(() -> {}).get()).isNull();
        assertThat(executor.submit(() -> {}, "done").get()).isEqualTo("done");
        assertThat(executor.submit((Runnable) new Job(new ArrayList<>()), "done")
                        .get())
                .isEqualTo("done");
        assertThat(executor.submit((Callable<String>) new Named("x")).get()).isEqualTo("x");
        assertThat(executor.submit((RemoteJob) () -> {}, null).get()).isNull();
    }

    @Test
    void shouldReturnWhatAJobDidToItsResult() throws Exception {
        List<String> result = new ArrayList<>();

        assertThat(executor.submit((Runnable) new Job(result), result).get()).containsExactly("ran");
        assertThat(result).isEmpty();
    }

    /** A class of the program's own that is not serializable. */
    record Job(List<String> result) implements Runnable {
        @Override
        public void run() {
            result.add("ran");
        }
    }

    record Named(String name) implements Callable<String> {
        @Override
        public String call() {
            return name;
        }
    }

    @Test
    void shouldRunExecutedJobsSomewhere() throws Exception {
        executor.execute(() -> ENTERED.get().countDown());

        ENTERED.get().await();
    }

    @Test
    void shouldTellFailureByExecutionException() {
        RemoteTask<Object> task = executor.submit(() -> {
            throw new IOException("no such file");
        });

        assertThatThrownBy(task::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(RemoteTaskException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(task.isDone()).isTrue();
        assertThat(task.isCancelled()).isFalse();
    }

    @Test
    void shouldRefuseNulls() {
        assertThatThrownBy(() -> executor.submit((Callable<Integer>) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor.submit((Runnable) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor.submit((Runnable) null, 1)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor.execute((Runnable) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> cluster.spawner().executor(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> executor.awaitTermination(1, null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void shouldEndGetWhenItsTimeIsUpOrItsThreadIsInterrupted() throws Exception {
        RemoteTask<Integer> task = executor.submit(TaskExecutorTest::block);

        assertThatThrownBy(() -> task.get(20, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(task::get).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        GO.get().countDown();
        assertThat(task.get()).isEqualTo(1);
    }

    @Test
    void shouldCancelAndInterruptARunningTask() throws Exception {
        RemoteTask<Integer> task = executor.submit(TaskExecutorTest::block);
        ENTERED.get().await();

        assertThat(task.cancel(true)).isTrue();
        assertThat(task.isDone()).isTrue();
        assertThat(task.isCancelled()).isTrue();
        assertThatThrownBy(task::get).isInstanceOf(CancellationException.class);
        INTERRUPTED.get().await();
    }

    @Test
    void shouldNotCancelWhatHasEnded() throws Exception {
        RemoteTask<Integer> task = executor.submit(() -> 1);
        task.get();

        assertThat(task.cancel(true)).isFalse();
        assertThat(task.isCancelled()).isFalse();
        assertThat(task.get()).isEqualTo(1);
    }

    @Test
    void shouldRejectAfterShutdownAndLetStartedTasksEnd() throws Exception {
        RemoteTask<Integer> task = executor.submit(TaskExecutorTest::block);
        assertThat(executor.isShutdown()).isFalse();

        executor.shutdown();
        executor.shutdown();

        assertThat(executor.isShutdown()).isTrue();
        assertThat(executor.isTerminated()).isFalse();
        assertThatThrownBy(() -> executor.submit(() -> 1))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("shut down");
        assertThatThrownBy(() -> executor.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> executor.invokeAll(List.of(new Named("x"))))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(executor.awaitTermination(10, TimeUnit.MILLISECONDS)).isFalse();
        GO.get().countDown();
        assertThat(task.get()).isEqualTo(1);
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void shouldBeTerminatedByShutdownWhereItHasNoTasks() throws Exception {
        assertThat(executor.isTerminated()).isFalse();
        assertThat(executor.awaitTermination(0, TimeUnit.SECONDS)).isFalse();

        executor.shutdown();

        assertThat(executor.isTerminated()).isTrue();
        assertThat(executor.awaitTermination(0, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldCountTasksThatFailedAsEnded() throws Exception {
        RemoteTask<Object> task = executor.submit(() -> {
            throw new IOException("no such file");
        });
        executor.shutdown();

        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
    }

    @Test
    void shouldCancelAllByShutdownNow() throws Exception {
        List<RemoteTask<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tasks.add(executor.submit(TaskExecutorTest::block));
        }
        ENTERED.get().await();

        assertThat(executor.shutdownNow()).isEmpty();

        assertThat(tasks).allMatch(task -> task.isCancelled() && task.status() == TaskStatus.CANCELLED);
        INTERRUPTED.get().await();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(GO.get().getCount()).isOne();
    }

    @Test
    void shouldNotBeTerminatedWhileACancelledTaskRunsOn() throws Exception {
        RemoteTask<Integer> task = executor.submit(TaskExecutorTest::insist);
        ENTERED.get().await();

        executor.shutdownNow();

        INTERRUPTED.get().await();
        assertThat(task.isCancelled()).isTrue();
        assertThat(executor.awaitTermination(20, TimeUnit.MILLISECONDS)).isFalse();
        GO.get().countDown();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldBeTerminatedWhenTheMemberOfACancelledTaskIsLost() throws Exception {
        RemoteExecutor bound = on(1);
        bound.execute(TaskExecutorTest::insist);
        ENTERED.get().await();
        bound.shutdownNow();

        cluster.lose(1);

        assertThat(bound.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    private RemoteExecutor on(int node) {
        return cluster.spawner()
                .executor(TaskOptions.builder()
                        .on(cluster.node(node).asMemberApi())
                        .build());
    }

    @Test
    void shouldEndAwaitTerminationWhenItsThreadIsInterrupted() {
        executor.execute(TaskExecutorTest::insist);
        executor.shutdown();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> executor.awaitTermination(20, TimeUnit.SECONDS))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void shouldWaitForItsTasksWhenItIsClosed() throws Exception {
        RemoteTask<Integer> task = executor.submit(TaskExecutorTest::block);
        ENTERED.get().await();
        Thread closing = new Thread(executor::close);
        closing.start();
        while (closing.getState() != Thread.State.WAITING && closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        GO.get().countDown();
        closing.join();

        assertThat(task.get()).isEqualTo(1);
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void shouldCancelItsTasksWhenTheClosingThreadIsInterrupted() {
        RemoteTask<Integer> task = executor.submit(TaskExecutorTest::block);
        Thread.currentThread().interrupt();

        executor.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(task.isCancelled()).isTrue();
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void shouldNotKnowOfOtherExecutorsAndTasks() throws Exception {
        RemoteExecutor other = cluster.spawner().executor(TaskOptions.defaults());
        RemoteTask<Integer> ofOther = other.submit(TaskExecutorTest::block);
        RemoteTask<Integer> ofCluster = cluster.spawner().call(TaskExecutorTest::block);

        executor.shutdownNow();

        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(other.isShutdown()).isFalse();
        GO.get().countDown();
        assertThat(ofOther.get()).isEqualTo(1);
        assertThat(ofCluster.get()).isEqualTo(1);
        assertThat(cluster.spawner().call(() -> 3).get()).isEqualTo(3);
    }

    @Test
    void shouldGiveItsTasksItsOptions() {
        TaskOptions options = TaskOptions.builder()
                .label("server-2")
                .name("chunk")
                .timeout(Duration.ofMillis(20))
                .build();
        RemoteTask<Integer> task = cluster.spawner().executor(options).submit(TaskExecutorTest::block);

        assertThat(task.member().name()).isEqualTo("server-2");
        assertThatThrownBy(task::join)
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("'chunk'")
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void shouldRejectWhatNoMemberMayRun() throws Exception {
        RemoteExecutor none =
                cluster.spawner().executor(TaskOptions.builder().label("gpu").build());

        assertThatThrownBy(() -> none.submit(() -> 1))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("label 'gpu'")
                .hasCauseInstanceOf(UnavailableException.class);
        none.shutdown();
        assertThat(none.awaitTermination(0, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldBeShutDownAndTerminatedByItsCluster() throws Exception {
        RemoteTask<Integer> task = executor.submit(TaskExecutorTest::block);
        AtomicReference<Object> awaited = new AtomicReference<>();
        Thread waiting = new Thread(() -> {
            try {
                awaited.set(executor.awaitTermination(20, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                awaited.set(e);
            }
        });
        waiting.start();

        cluster.close();
        waiting.join();

        assertThat(awaited.get()).isEqualTo(true);
        assertThat(executor.isShutdown()).isTrue();
        assertThat(executor.isTerminated()).isTrue();
        assertThatThrownBy(task::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ClusterClosedException.class);
        assertThatThrownBy(() -> executor.submit(() -> 1))
                .isInstanceOf(RejectedExecutionException.class)
                .hasCauseInstanceOf(ClusterClosedException.class);
    }

    @Test
    void shouldNotWarnOfJobsThatAreUnfinishedWhenItsClusterIsClosed() throws Exception {
        try (Warnings warnings = new Warnings(TaskExecutor.class)) {
            executor.execute(TaskExecutorTest::park);
            ENTERED.get().await();

            cluster.close();

            assertThat(warnings.next(Duration.ofMillis(200))).isNull();
        }
    }
}
