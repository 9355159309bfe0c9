package org.goaway.internal.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
