package org.goaway.internal.cluster.link;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jgroups.util.DefaultSocketFactory;
import org.jgroups.util.SocketFactory;

/**
 * A tunnel's sockets, known so that they can be closed. JGroups says goodbye before it closes one, which waits for as long as
 * another thread is stuck in writing to it. Safe for any thread.
 */
final class RouterSockets extends DefaultSocketFactory {

    private final SocketFactory sockets;
    private final Map<Socket, Long> madeAtMillis = new ConcurrentHashMap<>();

    RouterSockets(SocketFactory sockets) {
        this.sockets = sockets;
    }

    @Override
    public Socket createSocket(String name) throws IOException {
        Socket socket = sockets.createSocket(name);
        madeAtMillis.keySet().removeIf(Socket::isClosed);
        madeAtMillis.put(socket, System.currentTimeMillis());
        return socket;
    }

    List<Socket> all() {
        return List.copyOf(madeAtMillis.keySet());
    }

    /** Closes those to a router that were made before. */
    void close(SocketAddress router, long beforeMillis) {
        madeAtMillis.forEach((socket, made) -> {
            if (made < beforeMillis && router.equals(socket.getRemoteSocketAddress())) {
                Handshakes.closeQuietly(socket);
            }
        });
    }
}
