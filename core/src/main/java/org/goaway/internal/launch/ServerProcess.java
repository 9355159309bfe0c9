package org.goaway.internal.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.GoAwayException;

/**
 * A server's process, on whatever machine it runs. It lives as long as its standard input is open, and so never longer than
 * this process, however that ends. Safe for any thread.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(ServerProcess.class);

    private static final int LAST_LINES = 20;

    /** How Java says that a class is of a newer version; the version that it knows is 44 more than its own. */
    private static final Pattern TOO_OLD = Pattern.compile("UnsupportedClassVersionError.* up to (\\d+)\\.0");

    private static final int CLASS_FILES_OF_JAVA_0 = 44;

    private static final long READ_MILLIS = 200;

    /** How long a process that no longer reads may take to end. */
    private static final long END_MILLIS = 2_000;

    private final Place place;
    private final Process process;
    private final Writer input;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final CompletableFuture<Void> read = new CompletableFuture<>();

    /**
     * A process that has started, and waits for {@link #tell}.
     *
     * @param printed gets every line that the process itself prints (not its tasks), on a thread of its own
     */
    ServerProcess(Place place, Process process, Consumer<String> printed) {
        this.place = place;
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(() -> read(printed), "goaway-read-" + place.name());
        reader.setDaemon(true);
        reader.start();
    }

    /** Tells the server what it is to do. */
    public void tell(ServerSettings settings) {
        try {
            settings.writeTo(input);
        } catch (IOException e) {
            // Its input is known to be closed before its end is, and how it ended says why.
            onExit().completeOnTimeout(null, END_MILLIS, TimeUnit.MILLISECONDS).join();
            throw endedEarly(e);
        }
    }

    /** Says one more line to a server that has its settings. Serves tests, as the signals do. */
    public void say(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new GoAwayException(this + " does not hear any more: " + endedText(), e);
        }
    }

    /** Kills the process without a chance to leave, and waits for its end. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Stops or continues the process, and waits until that has happened. */
    public void signal(Signal signal) {
        try {
            place.machine().signal(process, signal);
        } catch (GoAwayException e) {
            throw new GoAwayException(this + " cannot be sent SIG" + signal + ": " + e.getMessage(), e);
        }
    }

    /** What a process can be told from outside. */
    public enum Signal {
        /** It stands still until it is continued. */
        STOP,
        /** It goes on. */
        CONT
    }

    /** The name under which it joins. */
    public String name() {
        return place.name();
    }

    /** Where it is to listen; 0: any free port. */
    public int port() {
        return place.port();
    }

    /** Its name, and its machine unless that is this one. */
    @Override
    public String toString() {
        return place.name() + place.machine().on();
    }

    /** Completed when the process has ended, and what it printed last is known unless somebody else may still print there. */
    public CompletableFuture<Void> onExit() {
        return process.onExit()
                .thenCompose(ended -> read.copy().completeOnTimeout(null, READ_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** For a process that did not get as far as to join: how it ended and what it printed last. */
    public GoAwayException endedEarly(Exception cause) {
        return new GoAwayException(this + " " + state() + " before it joined; " + printedLast() + advice(), cause);
    }

    /** How the process ended and what it printed last. */
    public String endedText() {
        return this + " " + state() + "; " + printedLast();
    }

    /** Whether the process has ended for certain; false too where only the connection to its machine is lost. */
    public boolean hasEnded() {
        return place.machine().hasEnded(process);
    }

    private String state() {
        if (process.isAlive()) {
            return "does not read its settings";
        }
        return hasEnded()
                ? "ended with status " + process.exitValue()
                : "is out of reach: the connection to its machine was lost";
    }

    private String printedLast() {
        synchronized (lastLines) {
            return lastLines.isEmpty() ? "it printed nothing" : "it printed last:\n  " + String.join("\n  ", lastLines);
        }
    }

    private String advice() {
        synchronized (lastLines) {
            Matcher tooOld = TOO_OLD.matcher(String.join("\n", lastLines));
            if (!tooOld.find()) {
                return "";
            }
            int version = Integer.parseInt(tooOld.group(1)) - CLASS_FILES_OF_JAVA_0;
            return "\nIts Java " + version
                    + " is too old: install a Java 17 or newer there, or name one with 'java' in the"
                    + " configuration";
        }
    }

    /** Ends the server's input, so that it leaves the cluster and ends; returns at once. */
    void askToEnd() {
        try {
            input.close();
        } catch (IOException e) {
            LOG.debug("{}: its input was closed already", this, e);
        }
    }

    /**
     * Ends the process and waits until it is gone; by force when it does not end by itself. Idempotent. An interrupt does not
     * shorten the time that the process has, in which it ends what its tasks have started, and is kept for the caller to see.
     */
    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }

    void close(Duration atMost) {
        askToEnd();
        boolean ended = process.onExit()
                .thenApply(gone -> true)
                .completeOnTimeout(false, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (!ended && process.isAlive()) {
            // Not for one that has ended: it would close the output before its last lines are read.
            LOG.warn("{} did not end within {} ms after its input ended: it is killed", this, atMost.toMillis());
            process.destroyForcibly();
        }
        process.onExit().join();
        // A process that this one started may still hold its output open.
        read.copy()
                .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        try {
            process.getInputStream().close();
        } catch (IOException e) {
            LOG.debug("{}: its output was closed already", this, e);
        }
    }

    private void read(Consumer<String> printed) {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                synchronized (lastLines) {
                    if (lastLines.size() == LAST_LINES) {
                        lastLines.removeFirst();
                    }
                    lastLines.addLast(line);
                }
                printed.accept(line);
            }
        } catch (IOException e) {
            LOG.debug("{}: its output ended", this, e);
        } finally {
            read.complete(null);
        }
    }
}
