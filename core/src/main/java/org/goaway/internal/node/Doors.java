package org.goaway.internal.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.goaway.GoAwayException;

/** The nodes of this user on this machine, as commands find them: each has a socket in one folder. */
public final class Doors {

    private static final int MOST_BYTES = 16 << 20;

    /** Longer than a node takes that answers at all. */
    private static final long AT_MOST_SECONDS = 10;

    private Doors() {}

    /** The folder of the sockets, {@code ~/.goaway/run}, which only its owner may enter. */
    static Path folder() throws IOException {
        Path folder = Path.of(System.getProperty("user.home"), ".goaway", "run");
        Files.createDirectories(folder);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        return folder;
    }

    /**
     * Asks all nodes of this user on this machine at the same time, for ten seconds at most. Removes the sockets of those that are
     * gone.
     *
     * @param silent told in a line of each that does not answer
     * @return what each says; empty: there are none, or none answers
     * @throws GoAwayException if the folder cannot be read
     */
    public static List<ClusterReport> ask(Consumer<String> silent) throws InterruptedException {
        Map<Path, CompletableFuture<byte[]>> asked = new LinkedHashMap<>();
        try (Stream<Path> doors = Files.list(folder())) {
            doors.filter(file -> file.toString().endsWith(".sock"))
                    .sorted()
                    .forEach(door -> asked.put(door, askBeside(door)));
        } catch (IOException | UncheckedIOException e) {
            throw new GoAwayException("cannot look for nodes in ~/.goaway/run: " + e, e);
        }
        List<ClusterReport> reports = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(AT_MOST_SECONDS);
        for (Map.Entry<Path, CompletableFuture<byte[]>> door : asked.entrySet()) {
            try {
                byte[] bytes = door.getValue().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (bytes.length > 0) {
                    reports.add((ClusterReport) WireTypes.codec().decode(bytes));
                }
            } catch (TimeoutException e) {
                silent.accept(door.getKey() + " is there, but does not answer within " + AT_MOST_SECONDS + " s");
            } catch (ExecutionException | RuntimeException e) {
                silent.accept(door.getKey() + " does not answer as this version of GoAway does: " + e);
            }
        }
        return reports;
    }

    private static CompletableFuture<byte[]> askBeside(Path door) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        answer.complete(ask(door));
                    } catch (IOException | RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                },
                "goaway-ask");
        thread.setDaemon(true);
        thread.start();
        return answer;
    }

    private static byte[] ask(Path door) throws IOException {
        try (SocketChannel node = SocketChannel.open(UnixDomainSocketAddress.of(door));
                InputStream in = Channels.newInputStream(node)) {
            return in.readNBytes(MOST_BYTES);
        } catch (ConnectException gone) {
            Files.deleteIfExists(door);
            return new byte[0];
        }
    }
}
