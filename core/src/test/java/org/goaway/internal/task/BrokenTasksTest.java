package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.goaway.internal.code.CodeVersion;
import org.goaway.internal.output.Forwarder;
import org.goaway.internal.output.TaskOutput;
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
                new Place(node.id, node, null, null, null, null, node, full, ended::set, figures, SizeLimit.VALUE));

        assertThat(catchThrowable(task::run)).isInstanceOf(OutOfMemoryError.class);

        assertThat(node.ended).containsExactly(Thread.currentThread());
        assertThat(ended.get()).isSameAs(task);
        assertThat(task.isRunning()).isFalse();
        assertThat(RunningTask.ofThread()).isNull();
    }

    @Test
    void shouldBeReportedWithTheNextTick() throws Exception {
        TaskPorts ports = new TaskPorts(
                node.id, node, (to, message) -> to, (to, bytes) -> 0, node, Runnable::run, node, SizeLimit.VALUE);
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

    @Test
    void shouldBeReportedAgainWhenItCouldNotBeTold() {
        boolean[] full = {true};
        List<Result> told = new ArrayList<>();
        Place.Tell tell = (task, result, leaving) -> {
            if (full[0]) {
                throw new OutOfMemoryError("none left to tell it");
            }
            told.add(result);
        };
        RunningTask task = new RunningTask(identity(), WORK, place(tell, null, started -> {}));

        assertThat(catchThrowable(task::run)).isInstanceOf(OutOfMemoryError.class);
        assertThat(task.isReported()).isFalse();
        assertThat(task.isBrokenOff()).isTrue();

        full[0] = false;
        task.reportBreak();
        task.reportBreak();

        assertThat(told).hasSize(1);
        assertThat(task.isReported()).isTrue();
        assertThat(figures.getFailed()).isEqualTo(1);
    }

    @Test
    void shouldBeWithdrawnWithTheNextTickWhenThatCouldNotBeToldAtOnce() {
        boolean[] full = {true};
        List<Result> told = new ArrayList<>();
        AtomicReference<RunningTask> ended = new AtomicReference<>();
        Place.Tell tell = (task, result, leaving) -> {
            if (full[0]) {
                throw new OutOfMemoryError("none left to tell it");
            }
            told.add(result);
        };
        Slots none = new Slots(1, work -> true, Runnable::run, () -> {}, 0);
        RunningTask first = new RunningTask(identity(), WORK, place(tell, none, started -> {}));
        RunningTask queued = new RunningTask(
                identity(),
                WORK,
                new Place(
                        node.id,
                        node,
                        tell,
                        null,
                        null,
                        none,
                        node,
                        started -> {},
                        ended::set,
                        figures,
                        SizeLimit.VALUE));
        none.submit(first);
        none.submit(queued);

        assertThat(catchThrowable(() -> queued.cancel(true))).isInstanceOf(OutOfMemoryError.class);
        assertThat(ended.get()).as("for the tick to find").isSameAs(queued);
        assertThat(queued.isReported()).isFalse();
        full[0] = false;
        queued.reportBreak();

        assertThat(told).as("that it never started").containsOnlyNulls().hasSize(1);
    }

    @Test
    void shouldCloseOutputThatItOpensAfterItsEndWasTold() {
        List<Result> told = new ArrayList<>();
        Forwarder forwarder = new Forwarder(node, true, Failure::inWords);
        Slots slots = new Slots(1, work -> true, Runnable::run, () -> {}, 0);
        AtomicReference<WeakReference<TaskOutput>> output = new AtomicReference<>();
        Place place = new Place(
                node.id,
                node,
                (task, result, leaving) -> told.add(result),
                null,
                forwarder,
                slots,
                node,
                task -> {
                    task.checkTime(System.nanoTime() + 1_000);
                    output.set(new WeakReference<>(forwarder.open(task.source(), Failure::inWords)));
                },
                task -> {},
                figures,
                SizeLimit.VALUE);
        Work brief = new Work(WORK.code(), WORK.shape(), WORK.work(), WORK.name(), 1, false);

        new RunningTask(identity(), brief, place).run();

        assertThat(told).extracting(Result::ending).containsExactly(Result.Ending.TIME_WAS_UP);
        for (int i = 0; i < 100 && output.get().get() != null; i++) {
            System.gc();
        }
        forwarder.onTick(); // it is still in use
        assertThat(output.get().get()).isNull();
    }

    private Place place(Place.Tell tell, Slots slots, Consumer<RunningTask> started) {
        return new Place(node.id, node, tell, null, null, slots, node, started, task -> {}, figures, SizeLimit.VALUE);
    }
}
