package org.goaway.usage.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.goaway.usage.Ended;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class StandingServersIT {

    @TempDir
    private Path folder;

    @Test
    void shouldServeOneProgramAfterTheOther() throws IOException {
        String cluster = newName();
        Path config = config(cluster, 3);
        try (Program left = node(cluster, "left");
                Program right = node(cluster, "right")) {
            for (int run = 1; run <= 2; run++) {
                try (Program puzzle = Program.goaway(
                        "example",
                        "hash-puzzle",
                        "--config",
                        config.toString(),
                        "--range",
                        "4500000..4520000",
                        "--all")) {
                    Ended ended = puzzle.ends().well().leavingNoneOf(0);

                    assertThat(ended.out()).contains("on 2 servers", "solution prefix-4511309");
                }
            }
            // Ctrl-C ends them; the status is the signal's, as with any program.
            left.isStopped();
            right.isStopped();
        }
    }

    @Test
    void shouldKeepClustersOfDifferentNamesApart() throws IOException {
        String one = newName();
        String other = newName();
        try (Program nodeOfOne = node(one, "node-of-one");
                Program nodeOfOther = node(other, "node-of-other");
                Program programOfOne = Program.goaway(
                        "example", "weak", "--config", config(one, 2).toString());
                Program programOfOther = Program.goaway(
                        "example", "weak", "--config", config(other, 2).toString())) {
            assertThat(programOfOne.ends().well().lines())
                    .containsExactlyInAnyOrder(
                            "node-of-one: a=1 b=1 c=1", "program-" + programOfOne.pid() + ": a=1 b=1 c=1");
            assertThat(programOfOther.ends().well().lines())
                    .containsExactlyInAnyOrder(
                            "node-of-other: a=1 b=1 c=1", "program-" + programOfOther.pid() + ": a=1 b=1 c=1");
            nodeOfOne.isStopped();
            nodeOfOther.isStopped();
        }
    }

    @Test
    void shouldBeShownByCommandsOfThisMachine() {
        String cluster = newName();
        Path log = folder.resolve("node.log");
        try (Program node = Program.goaway("node", "--cluster", cluster, "--name", "shown", "--log", log.toString())) {
            node.prints("waits for a program");
            try (Program members = Program.goaway("members", "--cluster", cluster);
                    Program json = Program.goaway("tasks", "--cluster", cluster, "--json");
                    Program other = Program.goaway("members", "--cluster", newName())) {
                assertThat(members.ends().well().out()).contains("shown", "waits for a program", "127.0.0.1:");
                assertThat(json.ends().well().out())
                        .startsWith("[{\"cluster\":\"" + cluster)
                        .contains("\"name\":\"shown\"", "\"tasks\":[]");
                assertThat(other.ends().with(1).err()).contains("no node of this user on this machine");
            }
            node.isStopped();
        }
        assertThat(log).content().contains("shown: closed");
    }

    private static Program node(String cluster, String name) {
        return Program.goaway("node", "--cluster", cluster, "--name", name);
    }

    private Path config(String cluster, int members) throws IOException {
        return Files.writeString(folder.resolve(cluster + ".yaml"), """
                cluster: %s
                launch: none
                discovery: multicast
                expect: %d
                """.formatted(cluster, members));
    }

    /** Other builds on the same machine have clusters too. */
    private static String newName() {
        return "test-" + UUID.randomUUID();
    }
}
