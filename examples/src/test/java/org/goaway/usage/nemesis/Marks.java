package org.goaway.usage.nemesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.goaway.ClusterLock;
import org.goaway.GoAway;

/**
 * What the tasks of a failover do: each attempt marks its start in a file that all processes of this machine append to, one
 * write for a line, before it does anything else.
 */
final class Marks {

    static final String START = "start";
    static final String INTERRUPT = "interrupt";

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    /** One line. */
    record Mark(String what, int task, int attempt) {}

    private Marks() {}

    private static void mark(String file, String what, int task) {
        String line = what + " " + task + " " + GoAway.task().attempt() + "\n";
        try {
            Files.write(
                    Path.of(file),
                    line.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Mark> in(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.split(" ", -1))
                .map(words -> new Mark(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2])))
                .toList();
    }

    /** Works for so long and returns its attempt. */
    static int works(String file, int task, int millis) throws InterruptedException {
        mark(file, START, task);
        TimeUnit.MILLISECONDS.sleep(millis);
        return GoAway.task().attempt();
    }

    /** Takes a lock and, the first time, keeps it until it is interrupted; returns its attempt. */
    static int holds(String file, int task) throws InterruptedException {
        ClusterLock lock = GoAway.lock("failover-" + task);
        int attempt = GoAway.task().attempt();
        mark(file, START, task);
        if (!lock.tryLock(AT_MOST.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("the lock of the attempt before is not released");
        }
        try {
            if (attempt == 1) {
                TimeUnit.HOURS.sleep(1);
            }
        } catch (InterruptedException e) {
            mark(file, INTERRUPT, task);
            throw e;
        }
        lock.unlock();
        return attempt;
    }
}
