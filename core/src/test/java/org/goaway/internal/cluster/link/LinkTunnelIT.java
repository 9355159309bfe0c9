package org.goaway.internal.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.goaway.internal.cluster.Router;
import org.goaway.kit.FreePort;
import org.jgroups.JChannel;
import org.jgroups.protocols.PING;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class LinkTunnelIT {

    private static final String CLUSTER = "tunnel";
    private static final int MEGABYTE = 1 << 20;
    private static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final List<Process> members = new ArrayList<>();

    @AfterEach
    void endMembers() {
        members.forEach(Process::destroyForcibly);
    }

    /** One whose link is cut, say; what is written to it fills the socket. */
    @Test
    void shouldLeaveARouterThatTakesNothing() throws Exception {
        try (Mute router = new Mute();
                Warnings warnings = new Warnings(LinkTunnel.class)) {
            JChannel channel = router.member(2_000);
            String warning;
            do { // JGroups warns of what it did not send
                warning = warnings.next(Duration.ofSeconds(20));
                assertThat(warning).isNotNull();
            } while (!warning.startsWith("no router answers at 127.0.0.1:" + router.port()));
            assertThat(CompletableFuture.runAsync(channel::close)).succeedsWithin(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldCloseAlthoughItsRouterTakesNothing() throws Exception {
        try (Mute router = new Mute()) {
            JChannel channel = router.member(HOUR_MILLIS);
            assertThat(CompletableFuture.runAsync(channel::close)).succeedsWithin(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldFollowARouterWhoseNameGetsAnotherAddress(@TempDir Path folder) throws Exception {
        int port = FreePort.next();
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 router.test\n");
        try (Router first = router(1, port)) {
            startMember(hosts, "router.test[" + port + "]");
            awaitMember(first);
        }
        Files.writeString(hosts, "127.0.0.2 router.test\n");
        try (Router second = router(2, port)) {
            awaitMember(second);
        }
    }

    @Test
    void shouldFollowAllRoutersOfOneName(@TempDir Path folder) throws Exception {
        int port = FreePort.next();
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 router.test\n127.0.0.2 router.test\n");
        try (Router first = router(1, port);
                Router second = router(2, port)) {
            startMember(hosts, "router.test[" + port + "]");
            awaitMember(first);
            awaitMember(second);
        }
        Files.writeString(hosts, "::1 router.test\n127.0.0.3 router.test\n127.0.0.4 router.test\n");
        try (Router third = router(3, port);
                Router fourth = router(4, port)) {
            awaitMember(third);
            awaitMember(fourth);
        }
    }

    @Test
    void shouldFollowARouterBesideOneThatNobodyKnowsYet(@TempDir Path folder) throws Exception {
        int port = FreePort.next();
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 router.test\n");
        try (Router first = router(1, port)) {
            startMember(hosts, "late.test[" + port + "],router.test[" + port + "]");
            awaitMember(first);
        }
        Files.writeString(hosts, "127.0.0.2 router.test\n");
        try (Router second = router(2, port);
                Router late = router(3, port)) {
            awaitMember(second);
            Files.writeString(hosts, "127.0.0.2 router.test\n127.0.0.3 late.test\n");
            awaitMember(late);
        }
    }

    private static Router router(int lastByte, int port) throws Exception {
        InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) lastByte});
        return Router.open(new InetSocketAddress(address, port), Optional.empty());
    }

    private void startMember(Path hosts, String routers) throws IOException {
        members.add(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.net.hosts.file=" + hosts,
                        "-Dsun.net.inetaddr.ttl=0",
                        "-Dsun.net.inetaddr.negative.ttl=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Member.class.getName(),
                        routers)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private static void awaitMember(Router router) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (router.members() == 0) {
            assertThat(System.nanoTime()).as("too late: it has a member").isLessThan(end);
            Thread.sleep(10);
        }
    }

    private static JChannel channel(String router, long silenceMillis) throws Exception {
        LinkTunnel tunnel = new LinkTunnel();
        tunnel.setBindAddress(InetAddress.getLoopbackAddress());
        tunnel.setGossipRouterHosts(router);
        tunnel.setPortRange(0);
        tunnel.setReconnectInterval(1_000);
        tunnel.setValue("heartbeat_interval", 1_000L);
        tunnel.setValue("heartbeat_timeout", silenceMillis);
        tunnel.setBundlerType(LinkBundler.class.getName());
        return new JChannel(
                        tunnel,
                        new PING(),
                        new NAKACK2(),
                        new UNICAST3(),
                        new STABLE(),
                        new GMS().printLocalAddress(false))
                .name("member");
    }

    /** Takes one connection, and nothing that comes on it. */
    private static final class Mute implements AutoCloseable {

        private final ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private Socket taken;

        Mute() throws IOException {}

        int port() {
            return door.getLocalPort();
        }

        /** One that is stuck. */
        JChannel member(long silenceMillis) throws Exception {
            JChannel channel = channel("127.0.0.1[" + port() + "]", silenceMillis);
            channel.connect(CLUSTER);
            taken = door.accept();
            door.close();
            for (int i = 0; i < 32; i++) {
                channel.send(null, new byte[MEGABYTE]);
            }
            return channel;
        }

        @Override
        public void close() throws IOException {
            door.close();
            if (taken != null) {
                taken.close();
            }
        }
    }

    /** A member in a process of its own, which has its own names of hosts. */
    static final class Member {

        private Member() {}

        @SuppressWarnings("resource") // it ends with its process
        public static void main(String[] args) throws Exception {
            channel(args[0], TimeUnit.SECONDS.toMillis(6)).connect(CLUSTER);
            TimeUnit.HOURS.sleep(1);
        }
    }
}
