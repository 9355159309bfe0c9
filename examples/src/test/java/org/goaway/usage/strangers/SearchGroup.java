package org.goaway.usage.strangers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.goaway.usage.Eventually;

/** The group of loopback to which members of a cluster multicast their searches, as a stranger uses it. */
final class SearchGroup implements AutoCloseable {

    private static final int LARGEST = 65_535;
    private static final int HEAD = Long.BYTES + 16;
    private static final int BURST = 50;
    private static final long PAUSE_NANOS = 1_000_000;

    private final InetSocketAddress group;
    private final MulticastSocket socket;

    SearchGroup(OpenPorts.Port port) throws IOException {
        group = new InetSocketAddress(port.address(), port.number());
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        socket = new MulticastSocket(group.getPort());
        socket.setNetworkInterface(loopback);
        socket.joinGroup(group, loopback);
        socket.setSoTimeout((int) Eventually.AT_MOST.toMillis());
    }

    /** Waits until members have searched so often; what they sent. */
    List<byte[]> record(int searches) throws IOException {
        List<byte[]> heard = new ArrayList<>();
        while (heard.size() < searches) {
            DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
            socket.receive(packet);
            heard.add(Arrays.copyOf(packet.getData(), packet.getLength()));
        }
        return heard;
    }

    /** Sends what members might, but for the key, some ten thousand times a second until it is over; how many it were. */
    int floods(byte[] one, Random random, BooleanSupplier over) {
        byte[] forged = one.clone();
        int sent = 0;
        try {
            for (; !over.getAsBoolean(); sent++) {
                random.nextBytes(forged);
                ByteBuffer.wrap(forged).putLong(System.currentTimeMillis());
                System.arraycopy(one, HEAD, forged, HEAD, (one.length - HEAD) / 2);
                send(forged);
                if (sent % BURST == 0) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sent;
    }

    void send(byte[] packet) throws IOException {
        socket.send(new DatagramPacket(packet, packet.length, group));
    }

    @Override
    public void close() {
        socket.close();
    }
}
