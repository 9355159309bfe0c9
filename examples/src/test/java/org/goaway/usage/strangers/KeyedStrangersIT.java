package org.goaway.usage.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.goaway.internal.security.ClusterKey;
import org.goaway.internal.security.KeyFile;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers that reach members of a cluster with a key, whose connections are TLS and whose searches are multicast. */
@Tag("process")
@Tag("machines")
class KeyedStrangersIT {

    private static final int FRAMES = Integer.getInteger("goaway.strangers.frames", 2_000);
    private static final long SEED = Long.getLong("goaway.strangers.seed", 1);

    private final String cluster = "keyed-" + UUID.randomUUID();

    @TempDir
    private Path folder;

    @Test
    void shouldGoOnAsIfNobodyWereThere() throws IOException {
        Path key = newKey("cluster.key");
        try (Program one = node("one", "--bind", "127.0.0.1", "--key-file", key.toString());
                Program other = node("other", "--bind", "127.0.0.1", "--key-file", key.toString());
                Running running = Running.with(folder, """
                        cluster: %s
                        launch: none
                        discovery: multicast
                        expect: 3
                        bind: 127.0.0.1
                        key_file: %s
                        """.formatted(cluster, key))) {
            for (long pid : List.of(one.pid(), other.pid(), running.pid())) {
                List<OpenPorts.Port> open = OpenPorts.of(pid);
                assertThat(open).hasSize(3);
                InetAddress loopback = InetAddress.getLoopbackAddress();
                assertThat(only(open, "tcp", false).address()).isEqualTo(loopback);
                assertThat(only(open, "udp", false).address()).isEqualTo(loopback);
            }
            OpenPorts.Port tcp = only(OpenPorts.of(one.pid()), "tcp", false);
            OpenPorts.Port search = only(OpenPorts.of(one.pid()), "udp", true);

            othersStayOut(one, tcp);
            try (SearchGroup group = new SearchGroup(search)) {
                List<byte[]> recorded = group.record(2);
                AtomicBoolean over = new AtomicBoolean();
                CompletableFuture<Integer> flood =
                        CompletableFuture.supplyAsync(() -> group.floods(recorded.get(0), new Random(SEED), over::get));
                searches(group, recorded);
                connects(key, tcp);
                one.warns("packets before this one were dropped");
                over.set(true);
                assertThat(flood.join()).isGreaterThan(FRAMES);
            }

            System.out.println(running.endsUndisturbed(3).out());
            assertThat(OpenPorts.of(one.printsAgain("waits for a program").pid()))
                    .as("for the next program")
                    .hasSize(3);
            Running.assertSaidLittle(one.isStopped());
            Running.assertSaidLittle(other.isStopped());
        }
    }

    private static OpenPorts.Port only(List<OpenPorts.Port> open, String protocol, boolean multicast) {
        List<OpenPorts.Port> found = open.stream()
                .filter(port ->
                        port.protocol().equals(protocol) && port.address().isMulticastAddress() == multicast)
                .toList();
        assertThat(found).as("%s", open).hasSize(1);
        return found.get(0);
    }

    private Path newKey(String name) {
        Path file = folder.resolve(name);
        KeyFile.write(ClusterKey.create(), file);
        return file;
    }

    private Program node(String name, String... more) {
        List<String> all = new ArrayList<>(List.of(Running.JVM));
        all.addAll(List.of("org.goaway.cli.Main", "node", "--cluster", cluster, "--name", name));
        all.addAll(List.of(more));
        return Program.java(folder, ClassPath.ofExamples(), all.toArray(new String[0]));
    }

    /** One of another key, one without, and one that is none of GoAway's. */
    private void othersStayOut(Program member, OpenPorts.Port port) {
        try (Program otherKey = node(
                        "other-key",
                        "--bind",
                        "127.0.0.1",
                        "--key-file",
                        newKey("other.key").toString());
                Program noKey = node("no-key");
                PlainNode plain = PlainNode.joining(cluster, port.number(), 500)) {
            assertThat(plain.members()).isEqualTo(1);
            member.warns("refused a connection from 127.0.0.1, which does not show this cluster's key");
            member.warns("127.0.0.1 searches for members of this cluster without its key");
            otherKey.warns("127.0.0.1 searches for members of this cluster without its key");
            noKey.warns("127.0.0.1 searches for members of this cluster without knowing its name, or with a key_file");
        }
    }

    /** Searches of members once more, and what is made of them. */
    private static void searches(SearchGroup group, List<byte[]> recorded) throws IOException {
        Frames frames = new Frames(recorded, SEED);
        for (int i = 0; i < FRAMES; i++) {
            group.send(frames.next());
            group.send(recorded.get(i % recorded.size()));
        }
    }

    private static void connects(Path key, OpenPorts.Port port) throws IOException {
        List<byte[]> recorded = new ArrayList<>();
        try (RecordingProxy proxy = new RecordingProxy(port.number())) {
            try (Socket member = KeyFile.read(key)
                    .tls()
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), proxy.port())) {
                member.getOutputStream().write(PlainNode.greetingOf(9));
            }
            recorded.add(proxy.said());
        }
        try (Stranger stranger = new Stranger(port.number())) {
            stranger.saysNothing(200, recorded);
            assertThat(stranger.sends(FRAMES, recorded, SEED)).isZero();
        }
    }
}
