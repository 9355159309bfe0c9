package org.goaway.internal.cluster.link;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * A server socket that gives out only connections whose TLS handshake has succeeded, with the peer's certificate checked. JGroups
 * accepts one connection after the other and reads from each at once: one stranger that says nothing would keep all
 * members out. Here handshakes run beside each other, each within a bound, and not too many.
 */
final class Gate extends ServerSocket {

    private static final Logger LOG = LogManager.getLogger(Gate.class);

    /** More at a time are closed at once; who is a member tries again. */
    private static final int AT_ONCE = 64;

    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_MILLIS = 100;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final SSLContext context;
    private final BlockingQueue<Socket> ready = new LinkedBlockingQueue<>();
    private final AtomicLong toldAt = new AtomicLong(System.nanoTime() - TELL_NANOS);
    private final AtomicLong refused = new AtomicLong();
    private final ThreadPoolExecutor handshakes =
            new ThreadPoolExecutor(0, AT_ONCE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Gate::thread);

    Gate(SSLContext context) throws IOException {
        this.context = context;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "goaway-gate");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void bind(SocketAddress address, int backlog) throws IOException {
        super.bind(address, backlog);
        thread(this::acceptAll).start();
    }

    private void acceptAll() {
        while (!isClosed()) {
            try {
                meet(super.accept());
            } catch (IOException e) {
                if (!isClosed()) {
                    LOG.debug("a connection was lost before it was accepted", e);
                    // Where the process has no file descriptors left this fails at once, again and again.
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    private void meet(Socket stranger) throws IOException {
        try {
            handshakes.execute(() -> shakeHands(stranger));
        } catch (RejectedExecutionException tooMany) {
            stranger.close();
        }
    }

    private void shakeHands(Socket stranger) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Handshakes.bound(stranger, done);
        try {
            SSLSocket socket = (SSLSocket) context.getSocketFactory()
                    .createSocket(stranger, stranger.getInetAddress().getHostAddress(), stranger.getPort(), true);
            socket.setUseClientMode(false);
            socket.setNeedClientAuth(true);
            socket.setEnabledProtocols(KeyedSockets.versions());
            socket.startHandshake();
            done.complete(null);
            ready.add(socket);
            if (isClosed()) {
                closeReady();
            }
        } catch (IOException e) {
            done.complete(null);
            Handshakes.closeQuietly(stranger);
            tellRefused(stranger, e);
        }
    }

    private void tellRefused(Socket stranger, IOException why) {
        long now = System.nanoTime();
        long told = toldAt.get();
        long others = refused.getAndIncrement();
        if (now - told >= TELL_NANOS && toldAt.compareAndSet(told, now) && !isClosed()) {
            refused.set(0);
            LOG.warn(
                    "refused a connection from {}, which does not show this cluster's key ({}){}; members need the same key_file",
                    stranger.getInetAddress().getHostAddress(),
                    why.getMessage(),
                    others == 0 ? "" : ", and " + others + " before it");
        }
    }

    /** Waits for the next whose handshake has succeeded. */
    @Override
    public Socket accept() throws IOException {
        try {
            while (!isClosed()) {
                Socket next = ready.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    return next;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SocketException("closed");
    }

    @Override
    public void close() throws IOException {
        super.close();
        handshakes.shutdownNow();
        closeReady();
    }

    private void closeReady() {
        for (Socket socket = ready.poll(); socket != null; socket = ready.poll()) {
            Handshakes.closeQuietly(socket);
        }
    }
}
