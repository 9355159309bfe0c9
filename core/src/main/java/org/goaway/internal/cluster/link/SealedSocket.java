package org.goaway.internal.cluster.link;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.MulticastSocket;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** A multicast socket on which only packets of members are heard: all others are dropped before anybody looks into them. */
final class SealedSocket extends MulticastSocket {

    private static final Logger LOG = LogManager.getLogger(SealedSocket.class);

    private static final int LARGEST = 65_535;
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Seal seal;
    private long toldAt = System.nanoTime() - TELL_NANOS;

    SealedSocket(SocketAddress address, Seal seal) throws IOException {
        super(address);
        this.seal = seal;
    }

    @Override
    public void send(DatagramPacket packet) throws IOException {
        byte[] sealed = seal.close(packet.getData(), packet.getOffset(), packet.getLength());
        super.send(new DatagramPacket(sealed, sealed.length, packet.getSocketAddress()));
    }

    /** Called by one thread. */
    @Override
    public void receive(DatagramPacket packet) throws IOException {
        DatagramPacket sealed = new DatagramPacket(new byte[LARGEST], LARGEST);
        while (true) {
            super.receive(sealed);
            Seal.Opened opened = seal.open(sealed.getData(), sealed.getOffset(), sealed.getLength());
            if (opened.flaw() == null) {
                packet.setData(opened.content());
                packet.setSocketAddress(sealed.getSocketAddress());
                return;
            }
            tell(opened.flaw(), sealed);
            sealed.setLength(LARGEST);
        }
    }

    private void tell(Seal.Flaw flaw, DatagramPacket packet) {
        long now = System.nanoTime();
        if (flaw == Seal.Flaw.SEEN_BEFORE || now - toldAt < TELL_NANOS) {
            return;
        }
        toldAt = now;
        String from = packet.getAddress().getHostAddress();
        if (flaw == Seal.Flaw.OTHER_TIME) {
            LOG.warn(
                    "{} searches for members of this cluster, but its clock is more than {} s apart: set it",
                    from,
                    seconds());
        } else {
            LOG.warn("{} searches for members of this cluster without its key: give it the same key_file", from);
        }
    }

    private static long seconds() {
        return TimeUnit.MILLISECONDS.toSeconds(Seal.APART_MILLIS);
    }
}
