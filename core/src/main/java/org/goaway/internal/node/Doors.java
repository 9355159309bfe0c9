package org.goaway.internal.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
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

/**
 * The nodes of this user on this machine, as commands find them: each has a socket in one folder. Other machines may have the same
 * folder, and their sockets look dead from here, so the files' names begin with what tells the machine: of those that look dead
 * only its own are. Which nodes there are it does not tell, since a machine's name may change while they run.
 */
public final class Doors {

    /** Linux tells it here at once; elsewhere Java asks those who know names. */
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private static final int MOST_BYTES = 16 << 20;

    /** Longer than a node takes that answers at all. */
    private static final long AT_MOST_SECONDS = 10;

    private static final int MARK_DIGITS = 8;

    private Doors() {}

    /** The file of this process's socket of this number. */
    static Path file(long number) throws IOException {
        return folder().resolve(mark() + ProcessHandle.current().pid() + "-" + number + ".sock");
    }

    /** How names of this machine's files begin; short, for the path of a socket may have a hundred bytes. */
    private static String mark() throws IOException {
        return mark(Files.isReadable(HOST_NAME) ? Files.readString(HOST_NAME).strip() : hostName());
    }

    static String mark(String hostName) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(hostName.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, MARK_DIGITS) + "-";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

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
            String mark = mark();
            doors.filter(file -> file.toString().endsWith(".sock"))
                    .sorted()
                    .forEach(door -> asked.put(
                            door, askBeside(door, door.getFileName().toString().startsWith(mark))));
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

    private static CompletableFuture<byte[]> askBeside(Path door, boolean isOfHere) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        answer.complete(ask(door, isOfHere));
                    } catch (IOException | RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                },
                "goaway-ask");
        thread.setDaemon(true);
        thread.start();
        return answer;
    }

    private static byte[] ask(Path door, boolean isOfHere) throws IOException {
        try (SocketChannel node = SocketChannel.open(UnixDomainSocketAddress.of(door));
                InputStream in = Channels.newInputStream(node)) {
            return in.readNBytes(MOST_BYTES);
        } catch (ConnectException gone) {
            if (isOfHere) {
                Files.deleteIfExists(door);
            }
            return new byte[0];
        }
    }
}
