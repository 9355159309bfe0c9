package org.goaway.usage.strangers;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.goaway.kit.FreePort;
import org.jgroups.JChannel;
import org.jgroups.Version;
import org.jgroups.stack.IpAddress;

/** A program that uses JGroups without GoAway. */
final class PlainNode implements AutoCloseable {

    private static final String STACK = """
            <config xmlns="urn:org:jgroups">
                <TCP bind_addr="127.0.0.1" bind_port="%d" port_range="0" diag.enabled="false" use_virtual_threads="false"/>
                <TCPPING initial_hosts="127.0.0.1[%d]" port_range="0"/>
                <MERGE3 min_interval="500" max_interval="1000"/>
                <pbcast.NAKACK2 use_mcast_xmit="false"/>
                <UNICAST3/>
                <pbcast.STABLE/>
                <pbcast.GMS join_timeout="%d" print_local_addr="false"/>
            </config>
            """;
    private static final byte[] COOKIE = "bela".getBytes(StandardCharsets.US_ASCII);

    private final JChannel channel;

    private PlainNode(JChannel channel) {
        this.channel = channel;
    }

    /** Looks for members of a cluster at a port of this machine, for so long; returns when it has found some or given up. */
    static PlainNode joining(String cluster, int port, int millis) {
        try {
            String stack = STACK.formatted(FreePort.next(), port, millis);
            JChannel channel = new JChannel(new ByteArrayInputStream(stack.getBytes(StandardCharsets.UTF_8)));
            channel.connect(cluster);
            return new PlainNode(channel);
        } catch (Exception e) {
            throw new AssertionError("JGroups does not start", e);
        }
    }

    /** How many it has found, itself among them. */
    int members() {
        return channel.getView().size();
    }

    /** All that one sends to whom it takes for a member. */
    static byte[] sent(String cluster) throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<byte[]> heard = CompletableFuture.supplyAsync(() -> hear(listening));
            try (PlainNode node = joining(cluster, listening.getLocalPort(), 300)) {
                node.members();
            }
            return heard.join();
        }
    }

    private static byte[] hear(ServerSocket listening) {
        try (Socket socket = listening.accept()) {
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What the node that listens at this port would say first to another one. */
    static byte[] greetingOf(int port) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        IpAddress address = new IpAddress(InetAddress.getLoopbackAddress(), port);
        out.write(COOKIE);
        out.writeShort(Version.version);
        out.writeShort(address.serializedSize());
        address.writeTo(out);
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        channel.close();
    }
}
