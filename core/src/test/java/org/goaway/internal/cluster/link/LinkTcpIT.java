package org.goaway.internal.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.goaway.kit.FreePort;
import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class LinkTcpIT {

    private static final String CLUSTER = "link";
    private static final int MEGABYTE = 1 << 20;
    private static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);

    /** Nothing else finds out that a member has ended: nobody sends heartbeats, and one that is asked has an hour to answer. */
    @Test
    void shouldNotAskAMemberWhosePortIsClosedWhetherItLives() throws Exception {
        int port = FreePort.next();
        CompletableFuture<Void> pair = new CompletableFuture<>();
        CompletableFuture<Void> alone = new CompletableFuture<>();
        try (JChannel channel = channel(port, port)) {
            channel.setReceiver(new Receiver() {
                @Override
                public void viewAccepted(View view) {
                    if (view.size() == 2) {
                        pair.complete(null);
                    } else if (pair.isDone()) {
                        alone.complete(null);
                    }
                }
            });
            channel.connect(CLUSTER);
            Process other = other(port);
            try {
                assertThat(pair).succeedsWithin(60, TimeUnit.SECONDS);
            } finally {
                other.destroyForcibly();
            }
            assertThat(alone).succeedsWithin(60, TimeUnit.SECONDS);
        }
    }

    /** Nothing removes the other meanwhile, whose process stands still with full sockets until the test is over. */
    @Test
    void shouldCloseAlthoughAMemberTakesNothing() throws Exception {
        int port = FreePort.next();
        CompletableFuture<Address> present = new CompletableFuture<>();
        JChannel channel = channel(port, port);
        channel.setReceiver(new Receiver() {
            @Override
            public void viewAccepted(View view) {
                if (view.size() == 2) {
                    present.complete(view.getMembersRaw()[1]);
                }
            }
        });
        channel.connect(CLUSTER);
        Process process = other(port);
        try {
            Address member = present.get(60, TimeUnit.SECONDS);
            new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            for (int i = 0; i < 32; i++) {
                channel.send(member, new byte[MEGABYTE]);
            }
            assertThat(CompletableFuture.runAsync(channel::close)).succeedsWithin(20, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process other(int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static JChannel channel(int port, int known) throws Exception {
        LinkTcp tcp = new LinkTcp();
        tcp.setBindAddress(InetAddress.getLoopbackAddress());
        tcp.setBindPort(port);
        tcp.enableSuspectEvents(true);
        tcp.setBundlerType(LinkBundler.class.getName());
        TCPPING ping = new TCPPING().setInitialHosts2(List.of(new IpAddress("127.0.0.1", known)));
        return new JChannel(
                tcp,
                ping,
                new VERIFY_SUSPECT2().setTimeout(HOUR_MILLIS),
                new NAKACK2(),
                new UNICAST3(),
                new STABLE(),
                new GMS().printLocalAddress(false));
    }

    /** The other member, in a process of its own that is killed. */
    static final class Other {

        private Other() {}

        @SuppressWarnings("resource") // it ends with its process
        public static void main(String[] args) throws Exception {
            channel(FreePort.next(), Integer.parseInt(args[0])).connect(CLUSTER);
            TimeUnit.HOURS.sleep(1);
        }
    }
}
