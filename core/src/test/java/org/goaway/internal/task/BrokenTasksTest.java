package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.goaway.internal.code.CodeVersion;
import org.goaway.internal.wire.SizeLimit;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks whose threads an Error breaks off outside of their functions. */
@Timeout(30)
class BrokenTasksTest {

    private static final Work WORK =
            new Work(new CodeVersion(new MemberId(0, 1), 1), Shape.CALLABLE, new byte[0], "broken", 0, false);

    private final TaskCluster cluster = new TaskCluster(2, 1);
    private final TaskCluster.Node node = cluster.node(1);
    private final TaskFigures figures = new TaskFigures(null);

    @AfterEach
    void close() {
        cluster.close();
    }

    private static RunningTask.Identity identity() {
        return new RunningTask.Identity(new MemberId(0, 1), 1, 1, 1);
    }

    @Test
    void shouldReleaseWhatItsThreadHolds() {
        Consumer<RunningTask> full = task -> {
            throw new OutOfMemoryError("none left");
        };
        AtomicReference<RunningTask> ended = new AtomicReference<>();
        RunningTask task = new RunningTask(
                identity(),
                WORK,
                new RunningTask.Place(
                        node.id, node, null, null, null, null, node, full, ended::set, figures, SizeLimit.VALUE));

        assertThat(catchThrowable(task::run)).isInstanceOf(OutOfMemoryError.class);

        assertThat(node.ended).containsExactly(Thread.currentThread());
        assertThat(ended.get()).isSameAs(task);
        assertThat(task.isRunning()).isFalse();
        assertThat(RunningTask.ofThread()).isNull();
    }

    @Test
    void shouldBeReportedWithTheNextTick() throws Exception {
        TaskPorts ports = new TaskPorts(node.id, node, (to, message) -> to, node, Runnable::run, node, SizeLimit.VALUE);
        Runner runner = new Runner(ports, 1, null, null, Runnable::run, figures);
        RunningTask task = runner.start(new MemberId(0, 1), 1, 1, 1, WORK);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread thread = new Thread(() -> thrown.complete(catchThrowable(task::run))) {
            @Override
            public void setContextClassLoader(ClassLoader loader) {
                throw new OutOfMemoryError("none left to end it");
            }
        };
        thread.start();

        assertThat(thrown.get()).isInstanceOf(OutOfMemoryError.class);
        assertThat(runner.count()).isEqualTo(1);
        assertThat(figures.getFailed()).isZero();

        runner.onTick(System.nanoTime());

        assertThat(figures.getFailed()).isEqualTo(1);
        assertThat(runner.count()).isZero();
    }
}
