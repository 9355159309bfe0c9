package org.goaway.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The limit of every round trip: one byte there and back over a blocking loopback socket, between two processes. */
final class PingPong implements Closeable {

    private static final int ACCEPT_MILLIS = 30_000;

    private final Socket socket;

    private PingPong(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
    }

    /** Waits for the other side, which calls {@link #echo}. */
    static PingPong accept(ServerSocket server) throws IOException {
        server.setSoTimeout(ACCEPT_MILLIS);
        return new PingPong(server.accept());
    }

    /** Where the other side finds this one. */
    static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    /** The other side: sends back what comes, until nothing does. */
    static void echo(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            var in = socket.getInputStream();
            var out = socket.getOutputStream();
            for (int value = in.read(); value >= 0; value = in.read()) {
                out.write(value);
            }
        }
    }

    /** One round trip. */
    void ping() throws IOException {
        socket.getOutputStream().write(1);
        if (socket.getInputStream().read() < 0) {
            throw new IOException("the other side of the ping-pong has ended");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
