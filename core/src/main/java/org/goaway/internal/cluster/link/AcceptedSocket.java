package org.goaway.internal.cluster.link;

import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;
import java.util.concurrent.CompletableFuture;

/**
 * A socket whose timeout ends the connection instead of the read. JGroups bounds the first read of one that it has accepted, and a
 * Java socket that was ever read within a bound is read by three system calls instead of one for as long as it is open: by
 * one that finds nothing, one that waits, and one that reads.
 */
final class AcceptedSocket extends Socket {

    /** Completed when the last timeout holds no more. */
    private CompletableFuture<Void> bounded = new CompletableFuture<>();

    /** For {@link java.net.ServerSocket}, which gives it what it is made of. */
    AcceptedSocket() throws SocketException {
        super((SocketImpl) null);
    }

    /** Closes this socket after so many milliseconds, unless called again before; 0: never. */
    @Override
    public synchronized void setSoTimeout(int millis) throws SocketException {
        if (millis < 0) {
            throw new IllegalArgumentException("a timeout of " + millis + " ms: give 0 or more");
        }
        bounded.complete(null);
        if (bounded.isCompletedExceptionally()) {
            throw new SocketException("closed, since nothing came in time");
        }
        if (isClosed()) {
            throw new SocketException("closed");
        }
        bounded = new CompletableFuture<>();
        if (millis > 0) {
            Handshakes.bound(this, bounded, millis);
        }
    }

    /** No read has a timeout. */
    @Override
    public int getSoTimeout() {
        return 0;
    }
}
