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
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.GoAwayException;

/**
 * A server process on this machine. It lives as long as its standard input is open, and so never longer than this
 * process, however that ends. Safe for any thread.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(ServerProcess.class);

    private static final int LAST_LINES = 20;

    private final String name;
    private final Process process;
    private final Writer input;
    private final Thread reader;
    private final Deque<String> lastLines = new ArrayDeque<>();

    private ServerProcess(String name, Process process, Consumer<String> printed) {
        this.name = name;
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.reader = new Thread(() -> read(printed), "goaway-read-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a process, which then waits for {@link #tell}.
     *
     * @param printed gets every line that the process itself prints (not its tasks), on a thread of its own
     * @throws GoAwayException if it cannot be started
     */
    static ServerProcess start(String name, ProcessBuilder command, Consumer<String> printed) {
        try {
            return new ServerProcess(name, command.redirectErrorStream(true).start(), printed);
        } catch (IOException e) {
            throw new GoAwayException(
                    "cannot start " + name + " with '" + command.command().get(0)
                            + "': no such Java; set 'java' in the configuration to a Java 17 or newer",
                    e);
        }
    }

    /** Tells the server what it is to do. */
    public void tell(ServerSettings settings) {
        try {
            settings.writeTo(input);
        } catch (IOException e) {
            throw endedEarly(e);
        }
    }

    /** Says one more line to a server that has its settings. Serves tests, as the signals do. */
    public void say(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new GoAwayException(name + " does not hear any more: " + endedText(), e);
        }
    }

    /** Kills the process without a chance to leave, and waits for its end. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Stops or continues the process with the system's {@code kill} command, and waits until that has happened. */
    public void signal(Signal signal) {
        String problem;
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start();
            kill.getOutputStream().close();
            String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            problem = kill.waitFor() == 0 ? null : said;
        } catch (IOException e) {
            problem = "there is no kill command on this machine (" + e.getMessage() + "); use servers in this process";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problem = "interrupted";
        }
        if (problem != null) {
            throw new GoAwayException(name + " cannot be sent SIG" + signal + ": " + problem);
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
        return name;
    }

    /** Completed when the process has ended. */
    public CompletableFuture<Void> onExit() {
        return process.onExit().thenApply(ended -> null);
    }

    /** For a process that did not get as far as to join: how it ended and what it printed last. */
    public GoAwayException endedEarly(Exception cause) {
        return new GoAwayException(name + " " + state() + " before it joined; " + printedLast(), cause);
    }

    /** How the process ended and what it printed last. */
    public String endedText() {
        return name + " " + state() + "; " + printedLast();
    }

    private String state() {
        return process.isAlive() ? "does not read its settings" : "ended with status " + process.exitValue();
    }

    private String printedLast() {
        synchronized (lastLines) {
            return lastLines.isEmpty() ? "it printed nothing" : "it printed last:\n  " + String.join("\n  ", lastLines);
        }
    }

    /** Ends the server's input, so that it leaves the cluster and ends; returns at once. */
    void askToEnd() {
        try {
            input.close();
        } catch (IOException e) {
            LOG.debug("{}: its input was closed already", name, e);
        }
    }

    /** Ends the process and waits until it is gone; by force when it does not end by itself. Idempotent. */
    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }

    void close(Duration atMost) {
        askToEnd();
        boolean interrupted = false;
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} did not end within {} ms after its input ended: it is killed", name, atMost.toMillis());
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (process.isAlive()) {
            // Not for one that has ended: it would close the output before its last lines are read.
            process.destroyForcibly();
        }
        process.onExit().join();
        try {
            // A process that this one started may still hold its output open. 0 would mean without bound.
            reader.join(Math.max(1, atMost.toMillis()));
            process.getInputStream().close();
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (IOException e) {
            LOG.debug("{}: its output was closed already", name, e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
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
            LOG.debug("{}: its output ended", name, e);
        }
    }
}
