package org.goaway.internal.node;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Where the {@code goaway} commands of the same user on the same machine ask a node how its cluster stands: a socket in the file
 * system, in a folder that only its owner may enter. It is no network port, takes no input, and tells each that connects
 * one {@link ClusterReport}.
 */
final class Door implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(Door.class);

    private static final long ANSWER_SECONDS = 8;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final AtomicLong OPENED = new AtomicLong();

    private final ServerSocketChannel socket;
    private final Path file;
    private final Supplier<CompletableFuture<ClusterReport>> report;

    private Door(ServerSocketChannel socket, Path file, Supplier<CompletableFuture<ClusterReport>> report) {
        this.socket = socket;
        this.file = file;
        this.report = report;
    }

    /** Opens a door; null where the file system has none: a cluster needs none to work. */
    static Door open(Supplier<CompletableFuture<ClusterReport>> report) {
        Path file = null;
        try {
            file = Doors.file(OPENED.incrementAndGet());
            // Under another name until it listens: who found it shut would take its node for gone, and remove it.
            Path shut = file.resolveSibling(file.getFileName().toString().replace(".sock", ".new"));
            Files.deleteIfExists(shut);
            ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                socket.bind(UnixDomainSocketAddress.of(shut));
                Files.move(shut, file, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException | RuntimeException e) {
                socket.close();
                Files.deleteIfExists(shut);
                throw e;
            }
            Door door = new Door(socket, file, report);
            Thread thread = new Thread(door::serve, "goaway-door");
            thread.setDaemon(true);
            thread.start();
            return door;
        } catch (IOException | RuntimeException e) {
            LOG.debug("'goaway members' will not see this member: no socket {}", file, e);
            return null;
        }
    }

    private void serve() {
        while (socket.isOpen()) {
            try (SocketChannel caller = socket.accept()) {
                ByteBuffer bytes =
                        ByteBuffer.wrap(WireTypes.codec().encode(report.get().get(ANSWER_SECONDS, TimeUnit.SECONDS)));
                while (bytes.hasRemaining()) {
                    caller.write(bytes);
                }
            } catch (AsynchronousCloseException closed) {
                return;
            } catch (ClosedChannelException gone) {
                LOG.debug("one that asked has gone", gone);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException e) {
                LOG.debug("one that asked got no answer", e);
                // Where the process has no file descriptors left this fails at once, again and again.
                LockSupport.parkNanos(PAUSE_NANOS);
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                LOG.debug("one that asked got no answer", e);
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} stays behind", file, e);
        }
    }
}
