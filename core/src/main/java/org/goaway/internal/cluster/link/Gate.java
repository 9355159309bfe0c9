package org.goaway.internal.cluster.link;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * A server socket that gives out only connections of members, who have proved that they are. JGroups accepts one connection
 * after the other and reads from each at once: one stranger that says nothing would keep all members out. Here greetings run
 * beside each other, each within a bound, and not too many: of those that are too many, the oldest goes of who has most.
 */
final class Gate extends ServerSocket {

    private static final Logger LOG = LogManager.getLogger(Gate.class);

    private static final int AT_ONCE = 64;

    private static final long POLL_MILLIS = 100;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Greeting greeting;
    private final BlockingQueue<Socket> ready = new LinkedBlockingQueue<>();
    private final Crowd<Stranger, ByteBuffer> crowd = new Crowd<>(AT_ONCE);
    private final Seldom refusals = new Seldom();
    /** What has to go leaves its thread at once; so few ever wait. */
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            AT_ONCE, AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(AT_ONCE), Gate::thread);

    Gate(Greeting greeting) throws IOException {
        this.greeting = greeting;
        threads.allowCoreThreadTimeOut(true);
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
                Socket socket = new AcceptedSocket();
                implAccept(socket);
                meet(socket);
            } catch (IOException | OutOfMemoryError e) {
                if (!isClosed()) {
                    LOG.debug("a connection was lost before it was accepted", e);
                    // Where the process has no file descriptors or threads left this fails at once, again and again.
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    private void meet(Socket socket) {
        Stranger stranger = new Stranger(socket);
        Stranger leaver = crowd.enter(stranger, origin(socket.getInetAddress()));
        if (leaver != null) {
            Handshakes.closeQuietly(leaver.socket);
            if (threads.remove(leaver)) {
                tellRefused(leaver.socket, noRoom());
            }
        }
        boolean begun = false;
        try {
            threads.execute(stranger);
            begun = true;
        } catch (RejectedExecutionException tooMany) {
            LOG.debug("closed a connection: there are too many at once", tooMany);
        } finally {
            if (!begun) {
                crowd.leave(stranger);
                Handshakes.closeQuietly(socket);
            }
        }
    }

    /** In IPv6 who has one address has all that begin with the same 64 bits. */
    static List<ByteBuffer> origin(InetAddress address) {
        byte[] all = address.getAddress();
        byte[] network = address instanceof Inet6Address ? Arrays.copyOf(all, Long.BYTES) : all;
        return List.of(ByteBuffer.wrap(network), ByteBuffer.wrap(all));
    }

    private static SocketException noRoom() {
        return new SocketException("it took more than " + Handshakes.MILLIS + " ms, or had to make room for others");
    }

    /** One that has not proved yet to be a member; it has to be greeted. */
    private final class Stranger implements Runnable {
        private final Socket socket;

        private Stranger(Socket socket) {
            this.socket = socket;
        }

        @Override
        public void run() {
            greet(this);
        }
    }

    private void greet(Stranger stranger) {
        Socket socket = stranger.socket;
        CompletableFuture<Void> done = new CompletableFuture<>();
        Handshakes.bound(socket, done);
        try {
            Socket member = greeting.answer(socket);
            if (!done.complete(null) || !crowd.leave(stranger)) {
                throw noRoom();
            }
            ready.add(member);
            if (isClosed()) {
                closeReady();
            }
        } catch (IOException | RuntimeException e) {
            boolean closedHere = !done.complete(null) || !crowd.leave(stranger);
            Handshakes.closeQuietly(socket);
            if (!closedHere && Handshakes.hasEnded(e)) {
                LOG.debug("a connection was ended before it was greeted", e);
            } else {
                tellRefused(socket, e);
            }
        } finally {
            crowd.leave(stranger);
        }
    }

    private void tellRefused(Socket stranger, Exception why) {
        long untold = refusals.another();
        if (untold >= 0 && !isClosed()) {
            LOG.warn(
                    "refused a connection from {}, which does not show {} ({}){}; {}",
                    AddressText.of(stranger.getInetAddress()),
                    greeting.wanted(),
                    why.getMessage(),
                    untold == 0 ? "" : ", and " + untold + " before it",
                    greeting.advice());
        }
    }

    /** Waits for the next that has proved to be a member. */
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
        threads.shutdownNow();
        crowd.all().forEach(stranger -> Handshakes.closeQuietly(stranger.socket));
        closeReady();
    }

    private void closeReady() {
        for (Socket socket = ready.poll(); socket != null; socket = ready.poll()) {
            Handshakes.closeQuietly(socket);
        }
    }
}
