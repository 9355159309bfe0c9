package org.goaway.cli.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.goaway.internal.node.Addresses;

/**
 * The doctor on one interface: sends packets to a group, hears its own and those of doctors on other machines, connects to these
 * and is connected to. A packet is a mark, the sender's random number, its TCP port and its clock; nothing else is read, and
 * a connection is closed at once. Packets need no proof: all that a forged one does is a connection that is tried.
 */
final class Probe implements AutoCloseable {

    private static final String GROUP4 = "239.255.67.82";
    private static final String GROUP6 = "ff15::8357:5244";
    /** Beside those of clusters. */
    private static final int PORT = 32_678;

    private static final long MARK = 0x474f_4157_4159_4452L;
    private static final int SIZE = 8 + 16 + 4 + 8;
    private static final int MOST_PEERS = 64;
    private static final int CONNECT_MILLIS = 1_000;
    private static final long OFF_MILLIS = 60_000;

    /** Another machine's doctor: what was found about the way to it. */
    private record Peer(String tcp, boolean reached, long offMillis) {}

    private final NetworkInterface on;
    private final UUID self = UUID.randomUUID();
    private final InetSocketAddress group;
    private final MulticastSocket socket;
    private final ServerSocket server;
    private final Map<InetAddress, Peer> peers = new ConcurrentHashMap<>();
    private final Map<InetAddress, Boolean> callers = new ConcurrentHashMap<>();
    private volatile boolean heardSelf;
    private volatile String sendFailure = "";

    Probe(NetworkInterface on, InetAddress address) throws IOException {
        this.on = on;
        this.group =
                new InetSocketAddress(InetAddress.getByName(address instanceof Inet4Address ? GROUP4 : GROUP6), PORT);
        this.socket = new MulticastSocket(PORT);
        ServerSocket listening = null;
        try {
            socket.setNetworkInterface(on);
            socket.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            socket.joinGroup(group, on);
            listening = new ServerSocket(0, MOST_PEERS, address);
        } finally {
            if (listening == null) {
                socket.close();
            }
        }
        this.server = listening;
        start(this::hear);
        start(this::answer);
    }

    private void start(Runnable work) {
        Thread thread = new Thread(work, "goaway-doctor-" + on.getName());
        thread.setDaemon(true);
        thread.start();
    }

    void send() {
        byte[] packet = ByteBuffer.allocate(SIZE)
                .putLong(MARK)
                .putLong(self.getMostSignificantBits())
                .putLong(self.getLeastSignificantBits())
                .putInt(server.getLocalPort())
                .putLong(System.currentTimeMillis())
                .array();
        try {
            socket.send(new DatagramPacket(packet, SIZE, group));
        } catch (IOException e) {
            sendFailure = e.getMessage();
        }
    }

    private void hear() {
        byte[] space = new byte[SIZE + 1];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(space, space.length);
                socket.receive(packet);
                ByteBuffer bytes = ByteBuffer.wrap(space, 0, packet.getLength());
                if (packet.getLength() == SIZE && bytes.getLong() == MARK) {
                    heard(
                            packet.getAddress(),
                            new UUID(bytes.getLong(), bytes.getLong()),
                            bytes.getInt(),
                            bytes.getLong());
                }
            } catch (IOException closed) {
                // The next look at the socket ends this, if it is.
            }
        }
    }

    private void heard(InetAddress from, UUID sender, int port, long clock) {
        if (sender.equals(self)) {
            heardSelf = true;
        } else if (!isOwn(from)
                && isHere(from)
                && port > 0
                && port <= 0xFFFF
                && peers.size() < MOST_PEERS
                && !peers.containsKey(from)) {
            long off = clock - System.currentTimeMillis();
            try (Socket out = new Socket()) {
                out.connect(new InetSocketAddress(from, port), CONNECT_MILLIS);
                peers.put(from, new Peer("reached", true, off));
            } catch (IOException e) {
                peers.put(from, new Peer("not reached (" + e.getMessage() + ")", false, off));
            }
        }
    }

    /** In IPv6 a socket also hears what comes to its group on other interfaces; it is for the probe there to tell. */
    private boolean isHere(InetAddress from) {
        if (from instanceof Inet4Address) {
            return true;
        }
        try (DatagramSocket back = new DatagramSocket()) {
            back.connect(new InetSocketAddress(from, PORT));
            return on.equals(NetworkInterface.getByInetAddress(back.getLocalAddress()));
        } catch (IOException | UncheckedIOException noWay) {
            return false;
        }
    }

    private static boolean isOwn(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException e) {
            return false;
        }
    }

    private void answer() {
        while (!server.isClosed()) {
            try (Socket caller = server.accept()) {
                if (callers.size() < MOST_PEERS) {
                    callers.put(caller.getInetAddress(), true);
                }
            } catch (IOException closed) {
                // The next look at the socket ends this, if it is.
            }
        }
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        String what = "multicast " + on.getName();
        if (!heardSelf) {
            String why = sendFailure.isEmpty() ? "" : " (" + sendFailure + ")";
            findings.add(Finding.note(
                    what,
                    "packets sent do not come back" + why,
                    "if members are to find each other there, look for a firewall or a missing route: ip "
                            + (group.getAddress() instanceof Inet4Address
                                    ? "route add 239.0.0.0/8 dev " + on.getName()
                                    : "-6 route add multicast ff00::/8 dev " + on.getName() + " table local")));
        } else if (peers.isEmpty()) {
            findings.add(Finding.ok(
                    what, "sent and received; no doctor of another machine is heard (run one there at the same time)"));
        } else {
            findings.add(Finding.ok(
                    what,
                    "sent and received, also from "
                            + peers.keySet().stream()
                                    .map(Addresses::text)
                                    .sorted()
                                    .toList()));
        }
        peers.forEach((address, peer) -> findings.add(of(address, peer)));
        callers.keySet().stream()
                .filter(caller -> !peers.containsKey(caller) && !isOwn(caller))
                .forEach(caller -> findings.add(Finding.bad(
                        "multicast " + Addresses.text(caller),
                        "hears this machine, but is not heard",
                        "open UDP for multicast from there; switches may need an IGMP or MLD querier")));
        return findings;
    }

    private Finding of(InetAddress address, Peer peer) {
        String what = "TCP " + Addresses.text(address);
        boolean called = callers.containsKey(address);
        String says = peer.tcp + " from here, "
                + (called ? "and this machine from there" : "but this machine is not reached from there");
        if (!peer.reached || !called) {
            return Finding.bad(
                    what,
                    says,
                    "open TCP between the two, in both directions: members listen on ports that the system picks");
        }
        return Math.abs(peer.offMillis) > OFF_MILLIS
                ? Finding.bad(
                        what,
                        says + "; its clock is " + peer.offMillis / 1000 + " s off",
                        "set both (timedatectl set-ntp true)")
                : Finding.ok(what, says + "; clocks within " + Math.max(1, Math.abs(peer.offMillis) / 1000) + " s");
    }

    @Override
    public void close() {
        socket.close();
        try {
            server.close();
        } catch (IOException e) {
            // It is as good as closed.
        }
    }
}
