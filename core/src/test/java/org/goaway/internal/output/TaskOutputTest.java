package org.goaway.internal.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import org.goaway.protocol.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TaskOutputTest {

    private final List<Printed> sent = new CopyOnWriteArrayList<>();
    private final TaskOutput output = newOutput(this::send);
    private final PrintStream out = output.stream(false);
    private final PrintStream err = output.stream(true);

    private static TaskOutput newOutput(Consumer<Message> toSpawner) {
        return new TaskOutput(7, 1, toSpawner, new Levels(ask -> {}), thrown -> null, null, Forwarder.PATIENCE_NANOS);
    }

    private void send(Message message) {
        sent.add((Printed) message);
    }

    private List<String> texts() {
        return sent.stream()
                .map(printed ->
                        (printed.error() ? "err:" : "out:") + new String(printed.text(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void shouldSendWholeLinesWithNextTick() {
        out.print("a ");
        out.println("line");
        out.print("unfinished");
        assertThat(texts()).isEmpty();

        output.flushLines();

        assertThat(texts()).containsExactly("out:a line\n");
    }

    @Test
    void shouldKeepOrderOfBothStreams() {
        out.println("1");
        err.println("2");
        out.println("3");
        output.close();

        assertThat(texts()).containsExactly("out:1\n", "err:2\n", "out:3\n");
    }

    @Test
    void shouldSendUnfinishedLineAtEnd() {
        out.print("ü");
        output.close();

        assertThat(texts()).containsExactly("out:ü");
    }

    private static LogEvent event(String text, Throwable thrown) {
        return new LogEvent("a.B", "WARN", 300, List.of("M"), text, thrown, Map.of("user", "ann"), 5);
    }

    @Test
    void shouldSendWhatIsLoggedAfterTheLinesBeforeIt() {
        List<Message> all = new CopyOnWriteArrayList<>();
        TaskOutput logging = newOutput(all::add);

        logging.stream(false).println("before");
        logging.log(event("hello", null));
        logging.stream(false).println("after");
        logging.close();
        logging.log(event("too late", null));

        assertThat(all).hasSize(3);
        assertThat(all.get(1)).isInstanceOfSatisfying(Logged.class, logged -> {
            assertThat(logged.text()).isEqualTo("hello");
            assertThat(logged.logger()).isEqualTo("a.B");
            assertThat(logged.level()).isEqualTo("WARN");
            assertThat(logged.markers()).containsExactly("M");
            assertThat(logged.context()).containsOnly(Map.entry("user", "ann"));
            assertThat(logged.millis()).isEqualTo(5);
        });
    }

    /** As it travels. */
    private record Told(int size) implements Thrown {

        @Override
        public Throwable inWords() {
            return new IllegalStateException();
        }
    }

    @Test
    void shouldCountLoggedExceptionsInItsWindow() {
        List<Message> all = new CopyOnWriteArrayList<>();
        TaskOutput logging = new TaskOutput(
                7, 1, all::add, new Levels(ask -> {}), thrown -> new Told(9000), null, Forwarder.PATIENCE_NANOS);

        logging.log(event("hello", new IllegalStateException()));

        assertThat(((Logged) all.get(0)).size()).isBetween(9000, 10_000);
    }

    @Test
    void shouldCutLoggedTextThatIsTooLong() {
        List<Message> all = new CopyOnWriteArrayList<>();

        newOutput(all::add).log(event("x".repeat(1_000_000), null));

        assertThat(((Logged) all.get(0)).text()).hasSizeLessThan(70_000).endsWith("x... (1000000 characters, cut)");
    }

    @Test
    @Timeout(20)
    void shouldHoldTaskBackThatLogsFasterThanItsSpawnerTakes() throws Exception {
        List<Logged> all = new CopyOnWriteArrayList<>();
        TaskOutput logging = newOutput(message -> all.add((Logged) message));
        Thread task = new Thread(() -> {
            for (int i = 0; i < 2000; i++) {
                logging.log(event("x".repeat(1000), null));
            }
        });
        task.start();
        int acknowledged = 0;
        while (task.isAlive()) {
            if (task.getState() == Thread.State.TIMED_WAITING) {
                assertThat(all.size() - acknowledged).isLessThan(TaskOutput.WINDOW / 1000);
                for (int end = all.size(); acknowledged < end; acknowledged++) {
                    logging.acknowledged(all.get(acknowledged).size());
                }
            }
            Thread.onSpinWait();
        }

        assertThat(all).hasSize(2000);
    }

    @Test
    void shouldFindNothingWorthLoggingThatIsDropped() {
        TaskOutput dropping = newOutput(this::send).dropping();

        dropping.log(event("hello", null));

        assertThat(dropping.severity("a.B")).isNegative();
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldCutLineThatNeverEndsBetweenCharacters() {
        out.print("ü".repeat(100_000));
        output.close();

        assertThat(String.join("", texts()).replace("out:", "")).isEqualTo("ü".repeat(100_000));
        assertThat(sent).hasSizeGreaterThan(1);
    }

    @Test
    @Timeout(20)
    void shouldSendOneLargeWriteInSlicesAsSpawnerPrintsThem() {
        TaskOutput[] at = new TaskOutput[1];
        at[0] = newOutput(message -> {
            send(message);
            ForkJoinPool.commonPool().execute(() -> at[0].acknowledged(((Printed) message).text().length));
        });

        at[0].stream(false).write("0123456789abcde\n".repeat(1 << 16).getBytes(StandardCharsets.UTF_8), 0, 1 << 20);
        at[0].stream(false).write(new byte[1 << 20], 0, 1 << 20);
        at[0].close();

        assertThat(sent).allMatch(printed -> printed.text().length <= 64 << 10);
        assertThat(sent.stream().mapToInt(p -> p.text().length).sum()).isEqualTo(2 << 20);
    }

    @Test
    void shouldNeitherSendNorHoldBackWhatIsDropped() {
        TaskOutput dropping = newOutput(this::send).dropping();

        dropping.stream(false).write(new byte[1 << 20], 0, 1 << 20);
        dropping.close();

        assertThat(sent).isEmpty();
    }

    @Test
    @Timeout(20)
    void shouldHoldTaskBackUntilSpawnerHasPrinted() throws Exception {
        Thread printing = new Thread(() -> {
            for (int i = 0; i < 100_000; i++) {
                out.println("line " + i);
            }
            output.close();
        });
        printing.start();
        int acknowledged = 0;
        int most = 0;
        while (printing.isAlive()) {
            List<Printed> now = List.copyOf(sent);
            int underWay = now.subList(acknowledged, now.size()).stream()
                    .mapToInt(p -> p.text().length)
                    .sum();
            most = Math.max(most, underWay);
            if (printing.getState() == Thread.State.TIMED_WAITING || printing.getState() == Thread.State.TERMINATED) {
                for (; acknowledged < now.size(); acknowledged++) {
                    output.acknowledged(now.get(acknowledged).text().length);
                }
            }
            Thread.onSpinWait();
        }
        printing.join();

        assertThat(most).isLessThan(TaskOutput.WINDOW + 2 * TaskOutput.ENOUGH);
        assertThat(String.join("", texts()).lines().count()).isEqualTo(100_000);
    }

    private int bytes() {
        return sent.stream().mapToInt(printed -> printed.text().length).sum();
    }

    /** What it was sent first may have got lost, as may what told that it was printed. */
    @Test
    @Timeout(20)
    void shouldTryNowAndThenWhetherTheSpawnerPrintsAgain() {
        TaskOutput eager = new TaskOutput(7, 1, this::send, new Levels(ask -> {}), thrown -> null, null, 1);
        PrintStream to = eager.stream(false);
        byte[] line = ("x".repeat(TaskOutput.ENOUGH - 1) + "\n").getBytes(StandardCharsets.UTF_8);

        for (int printed = 0; printed < 4 * TaskOutput.WINDOW; printed += line.length) {
            to.write(line, 0, line.length);
        }

        assertThat(bytes()).isGreaterThan(2 * TaskOutput.WINDOW);
    }

    @Test
    @Timeout(20)
    void shouldTakeNoMoreRoomThanItsWindowForWhatIsAcknowledgedLate() throws Exception {
        output.acknowledged(1 << 20);
        Thread printing = new Thread(() -> out.write(new byte[1 << 20], 0, 1 << 20));
        printing.start();
        while (printing.getState() != Thread.State.TIMED_WAITING && printing.isAlive()) {
            Thread.onSpinWait();
        }

        assertThat(printing.isAlive()).isTrue();
        assertThat(bytes()).isLessThan(TaskOutput.WINDOW + 2 * LineBuffer.LONGEST_LINE);
        output.discard();
        printing.join();
    }

    @Test
    @Timeout(20)
    void shouldLetTaskGoOnWhenNobodyReads() throws Exception {
        Thread printing = new Thread(() -> {
            for (int i = 0; i < 100_000; i++) {
                out.println("line " + i);
            }
        });
        printing.start();
        while (printing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        output.discard();
        printing.join();

        assertThat(sent.stream().mapToInt(p -> p.text().length).sum())
                .isLessThan(TaskOutput.WINDOW + 2 * TaskOutput.ENOUGH);
    }
}
