package org.goaway.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.goaway.NotTransferableException;
import org.goaway.RemoteTask;
import org.goaway.RemoteTaskException;
import org.goaway.TaskOptions;
import org.goaway.internal.wire.SizeLimit;
import org.goaway.protocol.Message;
import org.goaway.protocol.task.TaskMessage.Envelope;
import org.goaway.protocol.task.TaskMessage.Finished;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks whose arguments or results are too large to travel. */
@Timeout(30)
@SuppressWarnings("serial") // Java serialization is not used
class LargeTasksTest {

    private static final int LIMIT = 100_000;

    private final TaskCluster cluster = new TaskCluster(2, 1, false, new SizeLimit(LIMIT));
    private final Tasks tasks = cluster.spawner();
    private final TaskOptions there =
            TaskOptions.builder().on(cluster.node(1).asMemberApi()).build();

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldRefuseArgumentsThatAreTooLarge() {
        byte[] large = new byte[LIMIT];

        assertThatThrownBy(() -> tasks.run(a -> {}, large))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContainingAll(
                        "a task's function with its arguments takes 100,", "at most 100,000", "divide it");
        assertThat(tasks.call(there, a -> a.length, new byte[LIMIT - 1000]).join())
                .isEqualTo(LIMIT - 1000);
    }

    @Test
    void shouldEndTaskOfGroupWhoseItemIsTooLarge() {
        List<byte[]> items = List.of(new byte[1], new byte[LIMIT], new byte[2]);

        assertThatThrownBy(tasks.map(there, items, item -> item.length)::join)
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContaining("at most 100,000");
        assertThat(tasks.call(there, () -> 1).join()).isEqualTo(1);
    }

    @Test
    void shouldEndTaskWhoseResultIsTooLarge() {
        RemoteTask<byte[]> task = tasks.call(there, () -> new byte[LIMIT]);

        assertThatThrownBy(task::join)
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("what the task returned takes 100,")
                .hasCauseInstanceOf(NotTransferableException.class);
        assertThat(tasks.call(there, () -> 1).join()).isEqualTo(1);
    }

    @Test
    void shouldEndTaskWhoseResultNoMessageCanBeMadeOf() {
        cluster.node(1)
                .unmade(message -> message instanceof Finished end
                        && end.result() instanceof Result result
                        && result.result() != null
                        && result.result().length > 1000);

        RemoteTask<byte[]> task = tasks.call(there, () -> new byte[5000]);

        assertThatThrownBy(task::join)
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContainingAll("its result of 5,0", "none left for a message", "server-1 more memory")
                .satisfies(thrown ->
                        assertThat(thrown.getCause().toString()).startsWith(NotTransferableException.class.getName()));
        assertThat(tasks.call(there, () -> 1).join()).as("in the only slot").isEqualTo(1);
    }

    @Test
    void shouldEndTaskWhoseArgumentsNoMessageCanBeMadeOf() {
        cluster.node(0).unmade(message -> message instanceof Envelope);

        RemoteTask<Integer> task = tasks.call(there, a -> a.length, new byte[5000]);

        assertThatThrownBy(task::join)
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContainingAll("was not started", "none left for a message", "this process more memory");
    }

    @Test
    void shouldEndTaskForWhoseArgumentsItsMemberHasNoMemory() {
        cluster.node(1).unheld(Envelope.class::isInstance, LargeTasksTest::sizeOf);

        RemoteTask<Integer> task = tasks.call(there, a -> a.length, new byte[5000]);

        assertThatThrownBy(task::join)
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContainingAll(
                        NotTransferableException.class.getName(),
                        "was not started",
                        "server-1 had no memory for its arguments")
                .hasMessageFindingMatch("of 5,[1-3]\\d\\d bytes");
        cluster.node(1).unheld(message -> false, any -> 0);
        assertThat(tasks.call(there, () -> 1).join()).isEqualTo(1);
    }

    private static int sizeOf(Message envelope) {
        return ((Work) ((Envelope) envelope).content()).bytes() + 80;
    }

    @Test
    void shouldNotEndTaskWhoseArgumentsAreUnderWayWhileOthersDoNotFit() {
        try (TaskCluster wider = new TaskCluster(2, 2)) {
            TaskCluster.Node server = wider.node(1);
            TaskOptions there = TaskOptions.builder().on(server.asMemberApi()).build();
            server.unheld(message -> message instanceof Envelope && sizeOf(message) > 9000, LargeTasksTest::sizeOf);
            server.deaf(true);
            RemoteTask<Integer> late = wider.spawner().call(there, a -> a.length, new byte[5000]);
            server.deaf(false);
            RemoteTask<Integer> large = wider.spawner().call(there, a -> a.length, new byte[9000]);

            assertThatThrownBy(large::join).hasMessageContaining("server-1 had no memory for its arguments");
            assertThat(late.join()).isEqualTo(5000);
        }
    }

    @Test
    void shouldSendArgumentsOnlyAsTheNetworkTakesThem() throws Exception {
        try (TaskCluster wider = new TaskCluster(2, 2)) {
            TaskCluster.Node spawner = wider.node(0);
            TaskOptions there =
                    TaskOptions.builder().on(wider.node(1).asMemberApi()).build();
            spawner.queued(TaskPorts.ENOUGH);
            RemoteTask<Integer> first = wider.spawner().call(there, a -> a.length, new byte[20_000]);
            RemoteTask<Integer> second = wider.spawner().call(there, a -> a.length, new byte[20_001]);
            assertThat(spawner.ticksOn()).isTrue();
            assertThat(first.explain()).contains("waits for", "the network");

            spawner.queued(TaskPorts.ENOUGH - 30_000);
            assertThat(first.join()).isEqualTo(20_000);
            assertThat(spawner.ticksOn()).isTrue();
            assertThat(second.explain()).contains("waits for", "the network");

            spawner.queued(0);
            assertThat(second.join()).isEqualTo(20_001);
        }
    }

    /** By a network that takes longer than its spawner waits before it reminds the member. */
    @Test
    void shouldSendTaskAndResultOnceThatAreOnTheirWay() throws Exception {
        TaskCluster.Node server = cluster.node(1);
        cluster.node(0).slow(Envelope.class::isInstance);
        server.slow(Finished.class::isInstance);

        RemoteTask<byte[]> task = tasks.call(there, bytes -> bytes, new byte[50_000]);
        awaitReminders(server);
        assertThat(cluster.node(0).leaving()).isEqualTo(1);
        cluster.node(0).arrive();
        while (server.leaving() == 0) {
            Thread.onSpinWait();
        }
        awaitReminders(server);
        assertThat(server.leaving()).isEqualTo(1);
        server.arrive();

        assertThat(task.join()).hasSize(50_000);
    }

    /** Of tasks that it has been assigned; the first one has been answered. */
    private static void awaitReminders(TaskCluster.Node server) throws InterruptedException {
        CountDownLatch reminders = new CountDownLatch(2);
        server.onReminder(reminders::countDown);
        reminders.await();
        server.onReminder(() -> {});
    }

    @Test
    void shouldEndTaskForWhoseResultItsSpawnerHasNoMemory() {
        cluster.node(0)
                .unheld(
                        message -> message instanceof Finished end
                                && end.result() instanceof Result result
                                && result.result() != null
                                && result.result().length > 1000,
                        any -> 5100);

        RemoteTask<byte[]> task = tasks.call(there, () -> new byte[5000]);

        assertThatThrownBy(task::join)
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContainingAll(
                        NotTransferableException.class.getName(),
                        "spawner had no memory for its result of 5,0",
                        "Return less");
        assertThat(tasks.call(there, () -> 1).join()).isEqualTo(1);
    }

    @Test
    void shouldNotTellTaskAsNotStartedOfWhichNoFurtherMessageCanBeMade() throws Exception {
        CountDownLatch unmade = new CountDownLatch(1);
        cluster.node(1).deaf(true);
        RemoteTask<Integer> task = tasks.call(there, a -> a.length, new byte[5000]);
        cluster.node(0).unmade(message -> {
            unmade.countDown();
            return message instanceof Envelope;
        });
        cluster.node(1).deaf(false);

        unmade.await();
        assertThat(cluster.node(0).ticksOn()).isTrue();
        assertThat(task.isDone()).as("what was sent first may be on its way").isFalse();
        cluster.node(0).unmade(message -> false);
        assertThat(task.join()).isEqualTo(5000);
    }

    @Test
    void shouldNotLetTheEventLoopWaitWhileAMessageIsMade() throws Exception {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch made = new CountDownLatch(1);
        cluster.node(1).unmade(message -> {
            if (message instanceof Finished) {
                making.countDown();
                await(made);
            }
            return false;
        });
        TaskOptions timed = TaskOptions.builder()
                .on(cluster.node(1).asMemberApi())
                .timeout(Duration.ofHours(1))
                .build();
        RemoteTask<Integer> task = tasks.call(timed, () -> 1);
        making.await();

        try {
            assertThat(cluster.node(1).ticksOn())
                    .as("it looks at the task's time")
                    .isTrue();
            assertThat(task.explain()).contains("has just ended");
        } finally {
            made.countDown();
        }
        assertThat(task.join()).isEqualTo(1);
    }

    @Test
    void shouldTellExceptionThatIsTooLargeInWords() {
        RemoteTask<Object> task = tasks.call(there, () -> {
            throw new IllegalStateException("x".repeat(LIMIT));
        });

        assertThatThrownBy(task::join)
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("xxx... (100000 characters)")
                .cause()
                .hasMessageContaining("could not travel: the exception takes 100,")
                .hasMessageNotContaining("x".repeat(LIMIT / 2));
    }
}
