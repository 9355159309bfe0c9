package org.goaway.internal.cluster.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.ServerSocket;
import java.net.SocketAddress;
import javax.crypto.SecretKey;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jgroups.util.DefaultSocketFactory;

/**
 * The sockets of a transport whose members prove to each other that they have the cluster's key: TLS 1.3 with both sides'
 * certificates on every connection, a seal on every multicast packet.
 */
public final class KeyedSockets extends DefaultSocketFactory {

    private final SecretKey sealing;

    /**
     * @param context makes connections with members only
     * @param sealing seals what is sent to a multicast address
     */
    public KeyedSockets(SSLContext context, SecretKey sealing) {
        super(context.getSocketFactory(), new Gates(context));
        this.sealing = sealing;
        setSocketConfigurator(socket -> {
            if (socket instanceof SSLSocket secure) {
                secure.setEnabledProtocols(versions());
                Handshakes.bound(secure);
            }
        });
    }

    @Override
    public MulticastSocket createMulticastSocket(String name) throws IOException {
        return new SealedSocket(new InetSocketAddress(0), new Seal(sealing));
    }

    @Override
    public MulticastSocket createMulticastSocket(String name, int port) throws IOException {
        return new SealedSocket(new InetSocketAddress(port), new Seal(sealing));
    }

    @Override
    public MulticastSocket createMulticastSocket(String name, SocketAddress address) throws IOException {
        return new SealedSocket(address, new Seal(sealing));
    }

    static String[] versions() {
        return new String[] {"TLSv1.3"};
    }

    private static final class Gates extends ServerSocketFactory {

        private static final int BACKLOG = 50;

        private final SSLContext context;

        Gates(SSLContext context) {
            this.context = context;
        }

        @Override
        public ServerSocket createServerSocket() throws IOException {
            return new Gate(context);
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return createServerSocket(port, BACKLOG, null);
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) throws IOException {
            return createServerSocket(port, backlog, null);
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
            ServerSocket gate = new Gate(context);
            gate.bind(new InetSocketAddress(address, port), backlog);
            return gate;
        }
    }
}
