package org.goaway.internal.cluster.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.SocketAddress;
import javax.crypto.SecretKey;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jgroups.util.DefaultSocketFactory;

/** The sockets of a transport whose members prove to each other that they are: nothing of others is looked at. */
public final class MemberSockets extends DefaultSocketFactory {

    private final SecretKey sealing;
    private final String unsealed;

    private MemberSockets(SocketFactory sockets, Greeting greeting, SecretKey sealing, String unsealed) {
        super(sockets, new Gates(greeting));
        this.sealing = sealing;
        this.unsealed = unsealed;
    }

    /**
     * Members with a key: TLS 1.3 with both sides' certificates on every connection, a seal on every multicast packet.
     *
     * @param context makes connections with members only
     * @param sealing seals what is sent to a multicast address
     */
    public static MemberSockets keyed(SSLContext context, SecretKey sealing) {
        MemberSockets sockets = new MemberSockets(
                context.getSocketFactory(),
                new TlsGreeting(context),
                sealing,
                "without its key: give it the same key_file");
        sockets.setSocketConfigurator(socket -> {
            if (socket instanceof SSLSocket secure) {
                secure.setEnabledProtocols(TlsGreeting.versions());
                Handshakes.bound(secure);
            }
        });
        return sockets;
    }

    /** Members on one machine that need no key: they prove that they know the group's name, and talk in clear. */
    public static MemberSockets named(String group) {
        NameGreeting greeting = new NameGreeting(group);
        return new MemberSockets(
                new GreetingSockets(greeting),
                greeting,
                NameGreeting.sealing(group),
                "without knowing its name, or with a key_file: give all the same, or none");
    }

    @Override
    public MulticastSocket createMulticastSocket(String name) throws IOException {
        return sealed(new InetSocketAddress(0));
    }

    @Override
    public MulticastSocket createMulticastSocket(String name, int port) throws IOException {
        return sealed(new InetSocketAddress(port));
    }

    @Override
    public MulticastSocket createMulticastSocket(String name, SocketAddress address) throws IOException {
        return sealed(address);
    }

    private MulticastSocket sealed(SocketAddress address) throws IOException {
        return new SealedSocket(address, new Seal(sealing), unsealed);
    }
}
