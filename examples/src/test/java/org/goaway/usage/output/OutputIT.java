package org.goaway.usage.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.logging.log4j.LogManager;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Ended;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tasks on server processes print, in amounts and kinds that nobody wants. */
@Tag("process")
@Timeout(300)
class OutputIT {

    /** A million lines through three processes: a bound for what hangs, not a measure. */
    private static final Duration PRINTS = Duration.ofMinutes(4);

    private static final int LINES = 1_000_000;
    private static final int TASKS = 200;
    private static final int LINES_OF_EACH = 500;
    private static final int LONG_LINE = 10 << 20;

    private static Ended run(String what) {
        try (Program program = Program.java(Path.of(""), ClassPath.ofTests(), Main.class.getName(), what)) {
            return program.ends(PRINTS).well().leavingNoneOf(2);
        }
    }

    @Test
    void shouldShowAMillionLinesInOrderBeforeTheTaskHasEnded() {
        List<String> lines = run("lines").lines();

        assertThat(lines).hasSize(LINES + 1).last().isEqualTo("joined");
        for (int i = 0; i < LINES; i++) {
            if (!lines.get(i).endsWith("] line " + i)) {
                assertThat(lines.get(i)).endsWith("] line " + i);
            }
        }
    }

    @Test
    void shouldShowALineOfTenMegabytesInPieces() {
        List<String> lines = run("long").lines();

        assertThat(lines).last().isEqualTo("joined");
        int shown = 0;
        for (String line : lines.subList(0, lines.size() - 1)) {
            assertThat(line).startsWith("[server-").hasSizeLessThan(70_000);
            shown += line.length() - "[server-1] ".length();
        }
        assertThat(shown).isEqualTo(LONG_LINE);
    }

    @Test
    void shouldSurviveBytesThatAreNoText() {
        Ended ended = run("garbage");

        assertThat(ended.lines().get(ended.lines().size() - 1)).isEqualTo("joined");
        assertThat(ended.out()).contains("] after the garbage");
        assertThat(ended.out().length()).isGreaterThan(1 << 20);
    }

    @Test
    void shouldKeepTheLinesOfManyTasksApartAndInOrder() {
        List<String> lines = run("many").lines();

        assertThat(lines).hasSize(TASKS * LINES_OF_EACH + 1).last().isEqualTo("joined");
        int[] next = new int[TASKS];
        for (String line : lines.subList(0, lines.size() - 1)) {
            String[] parts = line.split(" ", -1);
            assertThat(parts).hasSize(5);
            assertThat(Integer.parseInt(parts[4])).isEqualTo(next[Integer.parseInt(parts[2])]++);
        }
        assertThat(Arrays.stream(next)).containsOnly(LINES_OF_EACH);
    }

    @Test
    void shouldShowNothingWhereOutputIsOff() {
        Ended ended = run("off");

        assertThat(ended.lines()).containsExactly("output ''", "joined");
        assertThat(ended.err()).doesNotContain("logged", "to the error stream");
    }

    static final class Main {

        private Main() {}

        static void printLines() {
            for (int i = 0; i < LINES; i++) {
                System.out.println("line " + i);
            }
        }

        static void printLongLine() {
            System.out.println("x".repeat(LONG_LINE));
        }

        static void printGarbage() {
            byte[] garbage = new byte[4 << 20];
            new Random(7).nextBytes(garbage);
            System.out.write(garbage, 0, garbage.length);
            System.out.println();
            System.out.println("after the garbage");
        }

        static int printInParts(int task) {
            for (int i = 0; i < LINES_OF_EACH; i++) {
                System.out.print("task " + task);
                System.out.print(" line ");
                System.out.println(i);
            }
            return task;
        }

        static void printAndLog() {
            System.out.println("to the output stream");
            System.err.println("to the error stream");
            LogManager.getLogger("any").fatal("logged");
        }

        public static void main(String[] args) {
            ClusterConfig config = ClusterConfig.builder()
                    .localServers(2)
                    .spawnerTasks(false)
                    .output(!args[0].equals("off"))
                    .build();
            try (Cluster cluster = GoAway.init(config)) {
                switch (args[0]) {
                    case "lines" -> cluster.run(Main::printLines).join();
                    case "long" -> cluster.run(Main::printLongLine).join();
                    case "garbage" -> cluster.run(Main::printGarbage).join();
                    case "many" ->
                        cluster.map(IntStream.range(0, TASKS).boxed().toList(), Main::printInParts)
                                .join();
                    default -> {
                        var task = cluster.run(Main::printAndLog);
                        task.join();
                        System.out.println("output '" + task.output() + "'");
                    }
                }
                System.out.println("joined");
            }
        }
    }
}
