package org.goaway.internal.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.goaway.protocol.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TaskOutputTest {

    private final List<Printed> sent = new CopyOnWriteArrayList<>();
    private final TaskOutput output = new TaskOutput(7, this::send);
    private final PrintStream out = output.stream(false);
    private final PrintStream err = output.stream(true);

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
        at[0] = new TaskOutput(7, message -> {
            send(message);
            at[0].acknowledged(((Printed) message).text().length);
        });

        at[0].stream(false).write("0123456789abcde\n".repeat(1 << 16).getBytes(StandardCharsets.UTF_8), 0, 1 << 20);
        at[0].stream(false).write(new byte[1 << 20], 0, 1 << 20);
        at[0].close();

        assertThat(sent).allMatch(printed -> printed.text().length <= 64 << 10);
        assertThat(sent.stream().mapToInt(p -> p.text().length).sum()).isEqualTo(2 << 20);
    }

    @Test
    void shouldNeitherSendNorHoldBackWhatIsDropped() {
        TaskOutput dropping = new TaskOutput(7, this::send).dropping();

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
