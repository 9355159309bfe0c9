package org.goaway.internal.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Members that prove to each other that they know the group's name. */
class NameGateIT {

    private static Gate open(String group) throws IOException {
        Gate gate = new Gate(new NameGreeting(group));
        gate.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        return gate;
    }

    private static Socket connected(String group, int port) throws IOException {
        Socket socket = new GreetingSocket(new NameGreeting(group));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(10_000);
        return socket;
    }

    @Test
    void shouldGiveOutAMembersConnection() throws IOException {
        try (Gate gate = open("group");
                Socket member = connected("group", gate.getLocalPort());
                Socket accepted = gate.accept()) {
            member.getOutputStream().write(7);
            assertThat(accepted.getInputStream().read()).isEqualTo(7);
            accepted.getOutputStream().write(8);
            assertThat(member.getInputStream().read()).isEqualTo(8);
        }
    }

    @Test
    void shouldNotConnectToOneThatDoesNotKnowTheName() throws IOException {
        try (Gate gate = open("group")) {
            assertThatThrownBy(() -> connected("another", gate.getLocalPort())).isInstanceOf(RefusedException.class);
        }
    }

    /** Nobody accepts here: it is the gate that closes. */
    @Test
    void shouldCloseOnOneThatDoesNotKnowTheName() throws IOException {
        try (Gate gate = open("group");
                Socket stranger = new Socket(gate.getInetAddress(), gate.getLocalPort())) {
            stranger.setSoTimeout(10_000);
            stranger.getOutputStream().write(new byte[48]);
            assertThat(stranger.getInputStream().readAllBytes()).hasSize(48);
        }
    }

    /** One that listens where a member was passes on what is said between two members, and is one of them for both else. */
    @Test
    void shouldNotTakeProofsThatAreMeantForAnother() throws IOException {
        try (Gate gate = open("group");
                ServerSocket between = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Boolean> passed = CompletableFuture.supplyAsync(() -> pass(between, gate.getLocalPort()));
            assertThatThrownBy(() -> connected("group", between.getLocalPort())).isInstanceOf(RefusedException.class);
            assertThat(passed.join()).isTrue();
        }
    }

    private static boolean pass(ServerSocket between, int port) {
        try (Socket client = between.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            server.getOutputStream().write(client.getInputStream().readNBytes(16));
            client.getOutputStream().write(server.getInputStream().readNBytes(48));
            return client.getInputStream().read() < 0;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Many were sent away while they waited for a thread of the gate; their places are free. */
    @Test
    void shouldGreetTheNewestWhereAllThreadsAreBusy() throws IOException {
        CountDownLatch goOn = new CountDownLatch(1);
        List<Socket> strangers = new ArrayList<>();
        try (Gate gate = new Gate(new Slow(goOn))) {
            gate.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            for (int i = 0; i < 300; i++) {
                strangers.add(new Socket(gate.getInetAddress(), gate.getLocalPort()));
            }
            Socket newest = strangers.get(strangers.size() - 1);
            newest.setSoTimeout(500);
            assertThatThrownBy(() -> newest.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            goOn.countDown();

            int greeted = 0;
            while (greeted != newest.getLocalPort()) {
                try (Socket accepted = gate.accept()) {
                    greeted = accepted.getPort();
                }
            }
        } finally {
            goOn.countDown();
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    /** Takes everybody for a member, after a while that no closing of the socket ends. */
    private record Slow(CountDownLatch goOn) implements Greeting {

        @Override
        public Socket answer(Socket stranger) throws IOException {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return stranger;
        }

        @Override
        public String wanted() {
            return "patience";
        }

        @Override
        public String advice() {
            return "wait";
        }
    }

    @Test
    void shouldTellNetworksApartByTheirFirstHalfInIpv6() throws IOException {
        assertThat(network("2001:db8::1")).isEqualTo(network("2001:db8::ffff:0:0:2"));
        assertThat(network("2001:db8::1")).isNotEqualTo(network("2001:db8:0:1::1"));
        assertThat(network("192.0.2.1")).isNotEqualTo(network("192.0.2.2"));
        assertThat(Gate.origin(InetAddress.getByName("2001:db8::1")))
                .isNotEqualTo(Gate.origin(InetAddress.getByName("2001:db8::2")));
    }

    private static ByteBuffer network(String address) throws IOException {
        return Gate.origin(InetAddress.getByName(address)).get(0);
    }

    /** They are as many as the gate greets at a time, and more. */
    @Test
    void shouldGreetAMemberWhileStrangersSayNothing() throws IOException {
        List<Socket> strangers = new ArrayList<>();
        try (Gate gate = open("group")) {
            for (int i = 0; i < 100; i++) {
                strangers.add(new Socket(gate.getInetAddress(), gate.getLocalPort()));
            }
            connected("group", gate.getLocalPort()).close();
            gate.accept().close();
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }
}
