package org.goaway.internal.cluster.link;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The TLS handshake among holders of the cluster's key. */
record TlsGreeting(SSLContext context) implements Greeting {

    static String[] versions() {
        return new String[] {"TLSv1.3"};
    }

    @Override
    public Socket answer(Socket stranger) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(stranger, stranger.getInetAddress().getHostAddress(), stranger.getPort(), true);
        socket.setUseClientMode(false);
        socket.setNeedClientAuth(true);
        socket.setEnabledProtocols(versions());
        socket.startHandshake();
        return socket;
    }

    @Override
    public String wanted() {
        return "this cluster's key";
    }

    @Override
    public String advice() {
        return "members need the same key_file";
    }
}
