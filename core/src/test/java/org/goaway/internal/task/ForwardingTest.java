package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.goaway.RemoteTask;
import org.goaway.TaskOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** What tasks print, as it comes out at the spawner. */
@Isolated // the process's standard streams are replaced
@Timeout(60)
@SuppressWarnings("serial") // Java serialization, which this is about, is not used
class ForwardingTest {

    private final PrintStream before = System.out;
    private final PrintStream errBefore = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream console = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private final TaskCluster cluster = start();

    private TaskCluster start() {
        System.setOut(console);
        System.setErr(console);
        return new TaskCluster(3, 2, true);
    }

    @AfterEach
    void close() {
        cluster.close();
        assertThat(System.out).isSameAs(console);
        System.setOut(before);
        System.setErr(errBefore);
    }

    private TaskOptions on(int node) {
        return TaskOptions.builder().on(cluster.node(node).asMemberApi()).build();
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void shouldPrefixLinesWithMemberAndPrintThemBeforeTaskEnds() {
        for (int i = 0; i < 100; i++) {
            printed.reset();
            cluster.spawner().run(on(1), () -> System.out.print("one\ntwo")).join();

            assertThat(lines()).containsExactly("[server-1] one", "[server-1] two");
        }
    }

    @Test
    void shouldPrefixWhatTasksOfSpawnerPrintButNotTheProgram() {
        System.out.println("program");
        RemoteTask<Void> task = cluster.spawner().run(on(0), () -> System.err.printf("%s%n", "task"));
        task.join();

        assertThat(lines()).containsExactly("program", "[spawner] task");
        assertThat(task.output()).isEqualTo("task\n");
    }

    @Test
    void shouldForwardWhatThreadsOfTaskPrint() {
        cluster.spawner()
                .run(on(2), () -> {
                    Thread thread = new Thread(() -> System.out.println("from a thread"));
                    thread.start();
                    thread.join();
                })
                .join();

        assertThat(lines()).containsExactly("[server-2] from a thread");
    }

    @Test
    void shouldForwardWhatThreadsPrintThatOutliveTheirTask() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ENDED.set(ended);
        cluster.spawner()
                .run(
                        on(2),
                        () -> new Thread(() -> {
                                    awaitEnd();
                                    System.out.println("late");
                                })
                                .start())
                .join();
        ended.countDown();

        while (lines().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(lines()).containsExactly("[server-2] late");
    }

    private static final AtomicReference<CountDownLatch> ENDED = new AtomicReference<>();

    private static void awaitEnd() {
        try {
            ENDED.get().await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldLoseNothingOfTaskThatPrintsTenMegabytes() {
        RemoteTask<Void> task = cluster.spawner().run(on(1), () -> {
            for (int i = 0; i < 100_000; i++) {
                System.out.println("x".repeat(100));
            }
        });
        task.join();

        assertThat(lines()).hasSize(100_000).allMatch(line -> line.length() == 111);
        assertThat(task.output()).hasSize(64 << 10);
    }

    @Test
    void shouldNotMergeLinesOfTasks() {
        cluster.spawner()
                .map(java.util.stream.IntStream.range(0, 200).boxed().toList(), i -> {
                    System.out.print("begin ");
                    System.out.println(i);
                    return i;
                })
                .join();

        assertThat(lines()).hasSize(200).allMatch(line -> line.matches("\\[[a-z0-9-]+] begin \\d+"));
    }

    /** The callbacks, which end the progress otherwise, have no thread until all is closed. */
    @Test
    void shouldPrintTheLastLineOfAGroupsProgressBeforeItsJoinReturns() throws Exception {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        CountDownLatch busy = new CountDownLatch(threads);
        CountDownLatch ended = new CountDownLatch(1);
        ENDED.set(ended);
        RemoteTask<Integer> task = cluster.spawner().call(() -> 1);
        for (int i = 0; i < threads; i++) {
            CompletionStage<Void> unused = task.thenRunAsync(() -> {
                busy.countDown();
                awaitEnd();
            });
        }
        busy.await();

        cluster.spawner().map(List.of(1, 2, 3, 4), i -> i).showProgress().join();
        cluster.spawner().close();

        ended.countDown();
        assertThat(lines()).anyMatch(line -> line.contains("100% 4/4"));
    }
}
