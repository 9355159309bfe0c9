package org.goaway.usage.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.goaway.kit.FreePort;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Ended;
import org.goaway.usage.Lan;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that find each other by a list, which is true in part. */
@Tag("process")
@Tag("machines")
class ServerListIT {

    private static final String[] PUZZLE = {"example", "hash-puzzle", "--range", "4510000..4512000", "--all"};

    private final String cluster = "list-" + UUID.randomUUID();

    @TempDir
    private Path folder;

    private Path config(String name, String servers, String more) throws IOException {
        return Files.writeString(folder.resolve(name), """
                cluster: %s
                launch: none
                servers: [%s]
                expect: 3
                %s
                """.formatted(cluster, servers, more));
    }

    private static String[] puzzle(Path config) {
        List<String> call = new ArrayList<>(List.of(PUZZLE));
        call.addAll(List.of("--config", config.toString()));
        return call.toArray(new String[0]);
    }

    /** A server that begins afresh listens where it did before. */
    @Test
    void shouldServeOneProgramAfterTheOtherThoughSomeOfTheListAreDeadOrSilent() throws IOException {
        String key = folder.resolve("cluster.key").toString();
        Program.goaway("key", "new", key).ends().well();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int one = FreePort.next();
            int other = FreePort.next();
            String list = "127.0.0.1:" + FreePort.next() + ", 127.0.0.1:" + silent.getLocalPort() + ", 127.0.0.1:" + one
                    + ", localhost:" + other;
            Path config = config("goaway.yaml", list, "key_file: " + key);
            try (Program left = node(config, one, "left");
                    Program right = node(config, other, "right")) {
                for (int run = 1; run <= 2; run++) {
                    try (Program puzzle = Program.goaway(puzzle(config))) {
                        Ended ended = puzzle.ends().well();
                        assertThat(ended.out()).contains("on 2 servers", "solution prefix-4511309");
                    }
                }
                left.isStopped();
                right.isStopped();
            }
        }
    }

    private static Program node(Path config, int port, String name) {
        return Program.goaway("node", "--config", config.toString(), "--port", Integer.toString(port), "--name", name);
    }

    /** As with a headless service of Kubernetes: one name for all, which nobody knows before they are there. */
    @Test
    void shouldFindAllThatANameStandsFor() throws IOException {
        Path hosts = Files.writeString(folder.resolve("hosts"), "");
        int port = FreePort.next();
        Path config = config("goaway.yaml", "pods.test:" + port, "");
        try (Program left = knowing(hosts, nodeAt("127.0.0.2", port, config));
                Program right = knowing(hosts, nodeAt("127.0.0.3", port, config))) {
            left.warns("nobody knows the host 'pods.test' now");
            left.prints("waits for a program");
            right.prints("waits for a program");
            Files.writeString(hosts, "127.0.0.2 pods.test\n127.0.0.3 pods.test\n127.0.0.4 pods.test\n");
            try (Program puzzle = knowing(hosts, puzzle(config))) {
                assertThat(puzzle.ends().well().out()).contains("on 2 servers", "solution prefix-4511309");
            }
        }
    }

    private static String[] nodeAt(String address, int port, Path config) {
        return new String[] {
            "node",
            "--config",
            config.toString(),
            "--bind",
            address,
            "--port",
            Integer.toString(port),
            "--name",
            address
        };
    }

    private Program knowing(Path hosts, String... call) {
        List<String> all = new ArrayList<>(List.of("-Djdk.net.hosts.file=" + hosts, "org.goaway.cli.Main"));
        all.addAll(List.of(call));
        return Program.java(folder, ClassPath.ofExamples(), all.toArray(new String[0]));
    }

    /** All machines have the same file, and find out which entry is theirs; one of the machines is not there. */
    @Test
    void shouldRunOnMachinesOfANetworkThatHaveOneFile() throws IOException {
        assumeThat(Lan.missing()).as("why there is no network here").isEmpty();
        String key = folder.resolve("cluster.key").toString();
        Program.goaway("key", "new", key).ends().well();
        try (Lan lan = Lan.of(3)) {
            String list = lan.address(9) + ", " + lan.address(2) + ", " + lan.address(3) + ":9070";
            Path config = config("goaway.yaml", list, "key_file: " + key);
            try (Program one = Program.goawayIn(lan.machine(2), "node", "--config", config.toString());
                    Program other = Program.goawayIn(lan.machine(3), "node", "--config", config.toString())) {
                one.prints("(" + lan.address(2) + ":9060) waits for a program");
                other.prints("(" + lan.address(3) + ":9070) waits for a program");
                try (Program puzzle = Program.goawayIn(lan.machine(1), puzzle(config))) {
                    assertThat(puzzle.ends().well().out()).contains("on 2 servers", "solution prefix-4511309");
                }
            }
        }
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException {
        Path noList = Files.writeString(folder.resolve("no-list.yaml"), "launch: none\nexpect: 3\n");
        assertThat(Program.goaway(puzzle(noList)).ends().with(1).err())
                .contains("list them as servers: [host:port], or use discovery: multicast");
        Path noNumber = Files.writeString(folder.resolve("no-number.yaml"), "launch: none\nservers: ['[::1]:9060']\n");
        assertThat(Program.goaway(puzzle(noNumber)).ends().with(1).err())
                .contains("a list of servers needs expect: the number of members, this one included");
    }
}
