package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.goaway.NotTransferableException;
import org.goaway.RemoteExecutor;
import org.goaway.TaskOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That what cannot travel is refused with the words that say what to write instead. */
@Timeout(30)
@SuppressWarnings("serial") // Java serialization, which this is about, is not used
class UntransferableTest {

    private final TaskCluster cluster = new TaskCluster(2, 2);
    private final RemoteExecutor executor = cluster.spawner().executor(TaskOptions.defaults());

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldSayThatARemoteTaskIsTheStageThatSupplyAsyncWouldMake() {
        assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> 1, executor))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContainingAll("AsyncSupply", "executor.submit(() -> ...)", "is a CompletionStage");
        assertThatThrownBy(() -> CompletableFuture.runAsync(() -> {}, executor))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContainingAll("AsyncRun", "executor.submit(() -> ...)");
    }

    @Test
    void shouldSayHowAStageGoesOnElsewhere() {
        CompletableFuture<Integer> stage = CompletableFuture.completedFuture(1).thenApplyAsync(x -> x + 1, executor);

        assertThatThrownBy(stage::join)
                .hasCauseInstanceOf(NotTransferableException.class)
                .hasMessageContaining("thenCompose(x -> executor.submit(() -> f(x)))");
        assertThat(CompletableFuture.completedFuture(1)
                        .thenCompose(x -> executor.submit(() -> x + 1))
                        .join())
                .isEqualTo(2);
    }

    @Test
    void shouldSayHowALambdaIsTyped() {
        Callable<Integer> function = () -> 1;
        Runnable job = () -> {};

        assertThatThrownBy(() -> executor.submit(function))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContainingAll(
                        "a lambda in " + getClass().getName(),
                        "java.util.concurrent.Callable, which is not Serializable",
                        "executor.submit(() -> ...)",
                        "RemoteCallable");
        assertThatThrownBy(() -> executor.submit(job))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContainingAll("java.lang.Runnable, which is not Serializable", "RemoteJob");
        assertThatThrownBy(() -> executor.execute(job)).isInstanceOf(NotTransferableException.class);
    }

    @Test
    void shouldSayThatAFutureOfThisProcessStaysHere() {
        assertThatThrownBy(() -> executor.execute(new FutureTask<>(() -> 1)))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContainingAll("java.util.concurrent.FutureTask", "Submit the function itself");
        assertThatThrownBy(() -> new ExecutorCompletionService<Integer>(executor).submit(() -> 1))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContaining("Submit the function itself");
    }

    @Test
    void shouldNameTheVariableThatCannotTravel() {
        Thread thread = Thread.currentThread();

        assertThatThrownBy(() -> executor.submit(() -> thread.getName()))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContainingAll("java.lang.Thread", "captures variable 'thread'");
    }

    @Test
    void shouldForgetWhatItRefused() throws Exception {
        assertThatThrownBy(() -> executor.execute(new FutureTask<>(() -> 1)))
                .isInstanceOf(NotTransferableException.class);

        executor.shutdown();

        assertThat(executor.awaitTermination(0, TimeUnit.SECONDS)).isTrue();
    }
}
