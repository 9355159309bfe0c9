package org.goaway.usage.strangers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.goaway.usage.Eventually;

/** One on the same machine that has no key. */
final class Stranger implements AutoCloseable {

    private static final int THREADS = 8;

    private final InetSocketAddress to;
    private final List<Socket> silent = new ArrayList<>();

    Stranger(int port) {
        to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /**
     * Sends so many frames from several addresses, each on a connection of its own, and waits until the other end closes it.
     *
     * @return how many were not closed within a minute
     */
    int sends(int frames, List<byte[]> recorded, long seed) {
        AtomicInteger left = new AtomicInteger(frames);
        AtomicInteger open = new AtomicInteger();
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Frames made = new Frames(recorded, seed + i);
            InetSocketAddress from = new InetSocketAddress("127.0.0." + (2 + i), 0);
            threads.add(CompletableFuture.runAsync(
                    () -> {
                        while (left.getAndDecrement() > 0) {
                            if (!isClosedAfter(from, made.next())) {
                                open.incrementAndGet();
                            }
                        }
                    },
                    work -> new Thread(work, "stranger").start()));
        }
        threads.forEach(CompletableFuture::join);
        return open.get();
    }

    /** Sends this and no more; whether the other end closes the connection. */
    private boolean isClosedAfter(InetSocketAddress from, byte[] bytes) {
        try (Socket socket = new Socket()) {
            socket.bind(from);
            socket.connect(to);
            socket.setSoTimeout((int) Eventually.AT_MOST.toMillis());
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    /** Opens so many connections and says nothing on them, or some bytes of a frame. */
    void saysNothing(int connections, List<byte[]> recorded) {
        try {
            for (int i = 0; i < connections; i++) {
                Socket socket = new Socket(to.getAddress(), to.getPort());
                silent.add(socket);
                if (i % 2 == 0) {
                    byte[] frame = recorded.get(i % recorded.size());
                    socket.getOutputStream().write(frame, 0, frame.length / 2);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (Socket socket : silent) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
