package org.goaway.internal.cluster.link;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Bounds handshakes: who accepts a connection and then says nothing would hold up the thread that connects for good. */
final class Handshakes {

    private static final Logger LOG = LogManager.getLogger(Handshakes.class);

    static final long MILLIS = 3_000;

    private Handshakes() {}

    /** Closes the socket unless {@code done} within the bound. Keeps nothing of one that is done. */
    static void bound(Socket socket, CompletableFuture<Void> done) {
        bound(socket, done, MILLIS);
    }

    /** The same within so many milliseconds. */
    static void bound(Socket socket, CompletableFuture<Void> done, long millis) {
        var unused = done.orTimeout(millis, TimeUnit.MILLISECONDS).whenComplete((nothing, late) -> {
            if (late instanceof TimeoutException) {
                closeQuietly(socket);
            }
        });
    }

    /** The same for one that is about to connect. */
    static void bound(SSLSocket socket) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        socket.addHandshakeCompletedListener(event -> done.complete(null));
        bound(socket, done);
    }

    /**
     * Whether the connection was ended, which tells nothing of keys: by a member whose process ends, one that looks whether
     * another lives, or one that has connected twice.
     */
    static boolean hasEnded(Exception e) {
        return isEnd(e) || isEnd(e.getCause());
    }

    private static boolean isEnd(Throwable e) {
        return e instanceof EOFException || e instanceof SocketException;
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closed already", e);
        }
    }
}
