package org.goaway.internal.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Whether those whom a joiner was told of can be reached at all. Asked only when a try to join has come to nothing: JGroups at the
 * other end warns of a connection on which nobody says anything.
 */
final class Reach {

    private static final int AT_MOST_MILLIS = 3_000;

    private Reach() {}

    /** Throws ChannelException, which says what to do, if they cannot; does nothing where all are on this machine. */
    static void check(ChannelConfig config) {
        if (config.entry().way() == ChannelConfig.Way.JOIN && config.secrets().isPresent()) {
            SSLContext tls = config.secrets().get().tls();
            config.entry().hosts().forEach(host -> check(config, tls, host));
        }
    }

    private static void check(ChannelConfig config, SSLContext tls, Host host) {
        try (Socket socket = tls.getSocketFactory().createSocket()) {
            socket.connect(new InetSocketAddress(host.name(), host.port()), AT_MOST_MILLIS);
            socket.setSoTimeout(AT_MOST_MILLIS);
            ((SSLSocket) socket).startHandshake();
        } catch (IOException e) {
            throw new ChannelException(
                    "'" + config.name() + "', which listens on "
                            + Host.text(config.bind().getAddress()) + ", cannot reach back to " + host + " ("
                            + e.getMessage()
                            + "): let firewalls pass connections to that port, or name another address of that machine with"
                            + " spawner: host:port",
                    e);
        }
    }
}
