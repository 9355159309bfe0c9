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

    /** A search takes some hundred bytes, and 17 for each member that it names; of more nobody computes an HMAC. */
    private static final int LARGEST = 8_192;

    private final Seal seal;
    private final String unsealed;
    private final Seldom refusals = new Seldom();

    /** @param unsealed for people: how one searches whose packets have no seal, and what to do about it */
    SealedSocket(SocketAddress address, Seal seal, String unsealed) throws IOException {
        super(address);
        this.seal = seal;
        this.unsealed = unsealed;
    }

    @Override
    public void send(DatagramPacket packet) throws IOException {
        byte[] sealed = seal.close(packet.getData(), packet.getOffset(), packet.getLength());
        if (sealed.length > LARGEST) {
            throw new IOException("a search of " + sealed.length + " bytes: members take " + LARGEST + " at most");
        }
        super.send(new DatagramPacket(sealed, sealed.length, packet.getSocketAddress()));
    }

    /** Called by one thread. */
    @Override
    public void receive(DatagramPacket packet) throws IOException {
        DatagramPacket sealed = new DatagramPacket(new byte[LARGEST + 1], LARGEST + 1);
        while (true) {
            sealed.setLength(LARGEST + 1);
            super.receive(sealed);
            if (sealed.getLength() > LARGEST) {
                continue;
            }
            Seal.Opened opened = seal.open(sealed.getData(), sealed.getOffset(), sealed.getLength());
            if (opened.flaw() == null) {
                packet.setData(opened.content());
                packet.setSocketAddress(sealed.getSocketAddress());
                return;
            }
            if (opened.flaw() != Seal.Flaw.SEEN_BEFORE) {
                tell(opened.flaw(), sealed);
            }
        }
    }

    private void tell(Seal.Flaw flaw, DatagramPacket packet) {
        long untold = refusals.another();
        if (untold < 0) {
            return;
        }
        LOG.warn(
                "{} searches for members of this cluster {}{}",
                AddressText.of(packet.getAddress()),
                flaw == Seal.Flaw.OTHER_TIME
                        ? "at another time: its clock is more than " + seconds()
                                + " s apart, set it, or somebody repeats old packets"
                        : unsealed,
                untold == 0 ? "" : " (" + untold + " packets before this one were dropped, too)");
    }

    private static long seconds() {
        return TimeUnit.MILLISECONDS.toSeconds(Seal.APART_MILLIS);
    }
}
