package org.goaway.usage.mishap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.RemoteTask;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Eventually;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two tasks that wait for each other's lock. */
@Tag("process")
class DeadlockIT {

    @TempDir
    private Path folder;

    @Test
    void shouldBeExplainedAndWarnedOfWithBothLocksAndEndByCancelling() throws IOException {
        try (Program program = Program.java(folder, ClassPath.ofTests(), Main.class.getName())) {
            program.prints("explained");
            program.warns("'right'").warns("'left'");
            Files.createFile(folder.resolve("warned"));

            var ended = program.ends().with(0).leavingNoneOf(2);

            assertThat(ended.out()).contains("cancelled", "the other has both");
            assertThat(ended.err())
                    .containsPattern("has waited ([5-9]|[1-9]\\d+) s for .*'right'")
                    .containsPattern("has waited ([5-9]|[1-9]\\d+) s for .*'left'");
        }
    }

    static final class Main {

        private Main() {}

        public static void main(String[] args) {
            try (Cluster cluster = GoAway.local(2)) {
                RemoteTask<Void> one = cluster.run(Servers.on(cluster, "server-1"), Trouble::takes, "left", "right");
                RemoteTask<Void> other = cluster.run(Servers.on(cluster, "server-2"), Trouble::takes, "right", "left");
                Eventually.holds(
                        () -> one.explain().contains("'right'")
                                && other.explain().contains("'left'"),
                        () -> one.explain() + "\n" + other.explain());
                System.out.println("explained: " + one.explain() + "\n" + other.explain());
                Eventually.holds(() -> Files.exists(Path.of("warned")), () -> "the test does not see the warnings");
                one.cancel(true);
                try {
                    one.join();
                } catch (CancellationException e) {
                    System.out.println("cancelled");
                }
                other.join();
                System.out.println("the other has both");
            }
        }
    }
}
