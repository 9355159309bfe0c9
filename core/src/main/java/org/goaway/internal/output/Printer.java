package org.goaway.internal.output;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Transport;

/**
 * Prints what a spawner's tasks print, on a thread of its own since a console may block. How much waits here is bounded by
 * {@link TaskOutput#WINDOW} for each task that runs. Safe for any thread.
 */
public final class Printer implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(Printer.class);

    /** Tasks are counted from 1. */
    private static final long NO_TASK = 0;

    private static final long CLOSE_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private final Transport transport;
    private final Function<Boolean, PrintStream> console;
    private final Function<MemberId, String> names;
    private final Attempts tasks;
    private final boolean shown;
    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final Thread thread = new Thread(null, this::run, "goaway-output", 0, false);
    private volatile boolean closed;

    /** Finds the tasks whose output is wanted. */
    @FunctionalInterface
    public interface Attempts {

        /** The task of which {@code from} runs this attempt; null if that does not count any more. Any thread. */
        PrintedTask find(MemberId from, long task, int attempt);
    }

    /**
     * @param transport sends from any thread
     * @param console the process's own output (false) and error (true) stream
     * @param names what people call a member
     * @param tasks what other attempts print is dropped
     * @param shown false: what tasks print is kept with them, but not printed, and what they log is dropped
     */
    public Printer(
            Transport transport,
            Function<Boolean, PrintStream> console,
            Function<MemberId, String> names,
            Attempts tasks,
            boolean shown) {
        this.transport = transport;
        this.console = console;
        this.names = names;
        this.tasks = tasks;
        this.shown = shown;
        thread.setDaemon(true);
        thread.start();
    }

    /** Handles {@link Printed}. */
    public void onPrinted(MemberId from, Printed message) {
        String prefix = "[" + names.apply(from) + "] ";
        PrintedTask task = tasks.find(from, message.task(), message.attempt());
        enqueue(() -> {
            try {
                String text = new String(message.text(), StandardCharsets.UTF_8);
                if (task != null) {
                    task.tail().add(text);
                }
                if (shown && (task != null || message.task() == NO_TASK)) {
                    print(prefix, text, console.apply(message.error()));
                }
            } finally {
                transport.send(from, new PrintedAck(message.task(), message.attempt(), message.text().length));
            }
        });
    }

    /** Handles {@link Logged}. */
    public void onLogged(MemberId from, Logged message) {
        String member = names.apply(from);
        PrintedTask task = tasks.find(from, message.task(), message.attempt());
        enqueue(() -> {
            try {
                if (shown && (task != null || message.task() == NO_TASK)) {
                    SpawnerLog.log(member, task == null ? null : task.name(), message, thrown(task, message.thrown()));
                }
            } finally {
                transport.send(from, new PrintedAck(message.task(), message.attempt(), message.size()));
            }
        });
    }

    private static Throwable thrown(PrintedTask task, Thrown thrown) {
        if (thrown == null) {
            return null;
        }
        return task == null ? thrown.inWords() : task.understand(thrown);
    }

    /** Handles {@link AskLevel}: not on the event loop, since log4j may begin with it. */
    public void onAskLevel(MemberId from, AskLevel message) {
        enqueue(() -> {
            int least = shown ? SpawnerLog.severity(message.logger()) : Level.OFF.intLevel();
            transport.send(from, new LoggerLevel(message.logger(), least));
        });
    }

    /** Runs {@code work} after all that arrived has been printed: at once, or on the printing thread. */
    public void afterPrinted(Runnable work) {
        if (queued.get() == 0) {
            work.run();
        } else {
            enqueue(work);
        }
    }

    /** Prints text of this node's own to the error stream, as it is. */
    public void printError(String text) {
        enqueue(() -> {
            console.apply(true).append(text);
            console.apply(true).flush();
        });
    }

    /** Prints what has arrived and ends; waits a few seconds at most. */
    @Override
    public void close() {
        closed = true;
        enqueue(() -> {});
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void enqueue(Runnable work) {
        queued.incrementAndGet();
        queue.add(work);
    }

    private void run() {
        while (!closed || !queue.isEmpty()) {
            try {
                queue.take().run();
            } catch (InterruptedException e) {
                return;
            } catch (Throwable e) { // the ends of all tasks wait for this thread
                complain(e);
            } finally {
                queued.decrementAndGet();
            }
        }
    }

    private static void complain(Throwable why) {
        try {
            LOG.warn("a task's output could not be printed", why);
        } catch (Throwable e) {
            why.addSuppressed(e); // the log may be what failed
        }
    }

    private static void print(String prefix, String text, PrintStream to) {
        StringBuilder prefixed = new StringBuilder(text.length() + 64);
        text.lines().forEach(line -> prefixed.append(prefix).append(line).append(System.lineSeparator()));
        to.append(prefixed);
        to.flush();
    }
}
