package org.goaway.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sees when its own process stands still: a thread sleeps for a moment, again and again, and finds that much more time has
 * passed. A test that bounds a time means the time that its processes had, not what the machine took from them.
 */
public final class Standstills implements AutoCloseable {

    private static final long STEP_MILLIS = 10;
    /** From here on protocols notice, whose clocks begin anew when their own thread stood still. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private final Queue<Standstill> seen = new ConcurrentLinkedQueue<>();
    private final Consumer<Standstill> also;
    private final Thread thread = new Thread(this::run, "standstills");
    private volatile long awake = System.nanoTime();

    private Standstills(Consumer<Standstill> also) {
        this.also = also;
        thread.setDaemon(true);
    }

    /** Begins to watch this process. */
    public static Standstills watch() {
        return begun(none -> {});
    }

    private static Standstills begun(Consumer<Standstill> also) {
        Standstills standstills = new Standstills(also);
        standstills.thread.start();
        return standstills;
    }

    /** Begins to watch this process, and adds what is seen to a file, for others. */
    public static Standstills watch(Path file) {
        return begun(standstill -> append(file, standstill.from() + " " + standstill.to() + "\n"));
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was added to such a file so far. */
    public static List<Standstill> in(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream()
                .map(line -> line.split(" ", -1))
                .map(words -> new Standstill(Long.parseLong(words[0]), Long.parseLong(words[1])))
                .toList();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
                // Made each time: by the time of the first long one its class may be out of reach.
                Standstill slept = new Standstill(awake, System.nanoTime());
                if (isLong(slept)) {
                    seen.add(slept);
                    also.accept(slept);
                }
                awake = slept.to();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isLong(Standstill slept) {
        return slept.length() >= TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS) + LATE_NANOS;
    }

    /** All until now; who asks may have been woken before the thread that watches. */
    public List<Standstill> seen() {
        Standstill last = new Standstill(awake, System.nanoTime());
        List<Standstill> all = new ArrayList<>(seen);
        if (isLong(last)) {
            all.add(last);
        }
        return all;
    }

    /** How much of the time since {@code from}, on the clock of {@link System#nanoTime}, this process had. */
    public Duration leftSince(long from) {
        long now = System.nanoTime();
        return Duration.ofNanos(Standstill.left(seen(), from, now));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
