package org.goaway.usage.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.kit.FreePort;
import org.goaway.usage.Lan;
import org.goaway.usage.Nat;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that talk through a router: one nobody can connect to, one with another key, and all when the router is gone. */
@Tag("process")
@Tag("machines")
class TunnelIT {

    private final String cluster = "tunnel-" + UUID.randomUUID();

    @TempDir
    private Path folder;

    private String newKey(String name) {
        String file = folder.resolve(name).toString();
        Program.goaway("key", "new", file).ends().well();
        return file;
    }

    @Test
    void shouldRunOnANodeThatAcceptsNoConnection() throws IOException {
        assumeThat(Nat.missing()).as("why there is no NAT here").isEmpty();
        String key = newKey("cluster.key");
        try (Lan lan = Lan.of(3);
                Nat nat = Nat.behind(lan, 2);
                Program router = Program.goawayIn(lan.machine(1), "router", "--key-file", key)) {
            router.prints("router at " + lan.address(1) + ":12001");
            Path config = Files.writeString(folder.resolve("goaway.yaml"), """
                    cluster: %s
                    launch: none
                    stack: tunnel
                    router: [%s]
                    expect: 2
                    spawner_tasks: false
                    key_file: %s
                    """.formatted(cluster, lan.address(1), key));
            try (Program node = Program.goawayIn(nat.machine(), "node", "--config", config.toString());
                    Program puzzle = Program.goawayIn(
                            lan.machine(3),
                            "example",
                            "hash-puzzle",
                            "--config",
                            config.toString(),
                            "--range",
                            "4510000..4512000",
                            "--all")) {
                assertThat(puzzle.ends().well().out()).contains("on 1 server", "solution prefix-4511309");
                node.isStopped();
            }
        }
    }

    /** With two servers nobody has a majority meanwhile, so nobody is dropped however long it takes. */
    @Test
    void shouldSayThatTheRouterIsGoneAndGoOnWhenItIsBack() throws Exception {
        String at = "127.0.0.1:" + FreePort.next();
        Program first = router(at);
        try (Program node = Program.goaway("node", "--cluster", cluster, "--router", at);
                Program other = Program.goaway("node", "--cluster", cluster, "--router", at);
                Cluster here = Cluster.start(ClusterConfig.builder()
                        .cluster(cluster)
                        .launch("none")
                        .stack("tunnel")
                        .router(at)
                        .expect(3)
                        .timeout(Duration.ofSeconds(40))
                        .build())) {
            here.strictCentralized("kept").set("x", 1L);
            first.isKilled();
            node.warns("no router answers at " + at);
            try (Program second = router(at)) {
                node.warns("has a router again");
                other.warns("has a router again");
                assertThat(here.strictCentralized("kept").addAndGet("x", 1L)).isEqualTo(2L);
                here.awaitMembers(3, Duration.ofSeconds(40));
            }
        } finally {
            first.close();
        }
    }

    @Test
    void shouldKeepOutWhoHasAnotherKeyAndSayWhy() throws IOException {
        String at = "127.0.0.1:" + FreePort.next();
        try (Program router = router(at, "--bind", "lo", "--key-file", newKey("one.key"));
                Program node = Program.goaway(
                        "node", "--cluster", cluster, "--router", at, "--key-file", newKey("other.key"))) {
            node.warns("the router at " + at + " takes connections, but not this member's");
            router.warns("refused a connection from 127.0.0.1, which does not show this cluster's key");
        }
    }

    @Test
    void shouldRefuseToListenForOthersWithoutAKeyAndWhereThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(Program.goaway("router", "--port", port).ends().with(1).err())
                    .contains("the router cannot listen on 127.0.0.1:" + port, "give another --port");
        }
        Program.goaway("router", "--port", "0").ends().with(2);
        assumeThat(Lan.missing()).as("why there is no network here").isEmpty();
        try (Lan lan = Lan.of(1)) {
            assertThat(Program.goawayIn(lan.machine(1), "router", "--bind", "eth0")
                            .ends()
                            .with(1)
                            .err())
                    .contains("other machines reach " + lan.address(1), "goaway key new");
        }
    }

    private static Program router(String at, String... more) {
        String[] call = new String[3 + more.length];
        System.arraycopy(new String[] {"router", "--port", at.substring(at.indexOf(':') + 1)}, 0, call, 0, 3);
        System.arraycopy(more, 0, call, 3, more.length);
        return Program.goaway(call).prints("router at " + at);
    }
}
