package org.goaway.usage.strangers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/** Stands in the way of one connection to a port of this machine, and keeps what its client says. */
final class RecordingProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final CompletableFuture<byte[]> said;

    RecordingProxy(int port) throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        said = CompletableFuture.supplyAsync(() -> pass(port), RecordingProxy::run);
    }

    private static void run(Runnable work) {
        new Thread(work, "proxy").start();
    }

    int port() {
        return listening.getLocalPort();
    }

    /** All that the client has said; waits until it has ended the connection. */
    byte[] said() {
        return said.join();
    }

    private byte[] pass(int port) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        try (Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            run(() -> copy(server, client, OutputStream.nullOutputStream()));
            copy(client, server, record);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return record.toByteArray();
    }

    /** Until one of the two ends it. */
    private static void copy(Socket from, Socket to, OutputStream record) {
        try {
            InputStream in = from.getInputStream();
            byte[] some = new byte[8_192];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                record.write(some, 0, count);
                to.getOutputStream().write(some, 0, count);
            }
        } catch (IOException closed) {
            // What was said until then is what there is.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
