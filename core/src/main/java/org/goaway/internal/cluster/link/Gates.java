package org.goaway.internal.cluster.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import javax.net.ServerSocketFactory;

/** Makes gates. */
final class Gates extends ServerSocketFactory {

    private static final int BACKLOG = 50;

    private final Greeting greeting;

    Gates(Greeting greeting) {
        this.greeting = greeting;
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Gate(greeting);
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
        ServerSocket gate = new Gate(greeting);
        gate.bind(new InetSocketAddress(address, port), backlog);
        return gate;
    }
}
