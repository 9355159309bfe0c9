package org.goaway.usage.mishap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Ended;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A task prints 10 MB: all of it appears, in order, before the task counts as ended. */
@Tag("process")
class LongOutputIT {

    private static final int LINES = 100_000;
    private static final String REST = "x".repeat(93);

    @Test
    void shouldAppearWholeAndBeforeTheTaskHasEnded() {
        try (Program program = Program.java(Path.of(""), ClassPath.ofTests(), Main.class.getName())) {
            Ended ended = program.ends().well().leavingNoneOf(1);

            List<String> lines = ended.lines();
            assertThat(lines)
                    .hasSize(LINES + 1)
                    .last()
                    .isEqualTo("joined; its last output ends with " + line(LINES - 1));
            for (int i = 0; i < LINES; i++) {
                assertThat(lines.get(i)).isEqualTo("[server-1] " + line(i));
            }
        }
    }

    private static String line(int number) {
        return String.format("%06d ", number) + REST;
    }

    static final class Main {

        private Main() {}

        static void print() {
            for (int i = 0; i < LINES; i++) {
                System.out.println(line(i));
            }
        }

        public static void main(String[] args) {
            try (Cluster cluster = GoAway.init(
                    ClusterConfig.builder().localServers(1).spawnerTasks(false).build())) {
                var task = cluster.run(Main::print);
                task.join();
                String[] tail = task.output().strip().split("\n", -1);
                System.out.println("joined; its last output ends with " + tail[tail.length - 1].strip());
            }
        }
    }
}
