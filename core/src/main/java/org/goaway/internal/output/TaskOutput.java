package org.goaway.internal.output;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.protocol.Message;

/**
 * What one task prints, at the member that runs it. Whole lines go to the spawner when there is enough of them, at the
 * next tick, and at the end. When {@link #WINDOW} bytes are under way the printing thread waits until the spawner has
 * printed some; a spawner that prints nothing for a while loses what comes until it prints again, which one
 * message for each such time finds out: what was under way may have got lost, and is not waited for any more.
 *
 * <p>Safe for any thread: the state is guarded by the monitor, which is never held while waiting. Threads that a task
 * starts print as the task; those that outlive it print to its spawner as no task, and to the member's own streams when
 * that has left.
 */
public final class TaskOutput {

    static final int WINDOW = 256 << 10;
    static final int ENOUGH = 16 << 10;

    /** A longer text of a log event is cut here. */
    static final int LONGEST_TEXT = 64 << 10;

    /** What a log event takes beside its text and its exception. */
    private static final int EVENT = 256;

    /** So much is taken at a time; with a line that waits and other lines it makes less than 64 KiB. */
    private static final int SLICE = 8 << 10;

    private static final Logger LOG = LogManager.getLogger(TaskOutput.class);

    private static final InheritableThreadLocal<TaskOutput> OF_THREAD = new InheritableThreadLocal<>();

    private final long task;
    private final int attempt;
    private final Consumer<Message> toSpawner;
    private final TaskOutput heir;
    private final Levels levels;
    private final long patienceNanos;
    /** Null once it has ended, since it knows the program's classes. */
    private Function<Throwable, Thrown> tell;

    /** Made when something is printed: most tasks print nothing, and a stream is larger than all else of one. */
    private PrintStream out;

    private PrintStream err;
    private final LineBuffer outLine = new LineBuffer();
    private final LineBuffer errLine = new LineBuffer();
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
    private boolean wholeIsError;
    private int underWay;
    private boolean losing;
    /** When something was sent last to a spawner that prints nothing. */
    private long triedAt;

    private volatile boolean dropping;
    private volatile boolean closed;

    /**
     * @param task which of the spawner's tasks
     * @param attempt which attempt at it
     * @param toSpawner sends in order; called by any thread, with the monitor held
     * @param levels what the spawner's log4j takes
     * @param tell makes an exception travel; throws nothing
     * @param heir takes what is printed after the end; null: nobody
     * @param patienceNanos how long it waits for a spawner that prints nothing
     */
    TaskOutput(
            long task,
            int attempt,
            Consumer<Message> toSpawner,
            Levels levels,
            Function<Throwable, Thrown> tell,
            TaskOutput heir,
            long patienceNanos) {
        this.task = task;
        this.attempt = attempt;
        this.toSpawner = toSpawner;
        this.levels = levels;
        this.tell = tell;
        this.heir = heir;
        this.patienceNanos = patienceNanos;
    }

    /** Drops all that is printed from now on. */
    synchronized TaskOutput dropping() {
        losing = true;
        dropping = true;
        notifyAll();
        return this;
    }

    /** The output of the task that the current thread belongs to; null outside of tasks. */
    static TaskOutput ofThread() {
        TaskOutput output = OF_THREAD.get();
        while (output != null && output.closed) {
            output = output.heir;
        }
        return output;
    }

    /** The current thread now works for this task. */
    public void enter() {
        OF_THREAD.set(this);
    }

    /** The current thread works for no task any more. */
    public static void leave() {
        OF_THREAD.remove();
    }

    synchronized PrintStream stream(boolean error) {
        if (error) {
            err = err == null ? newStream(true) : err;
            return err;
        }
        out = out == null ? newStream(false) : out;
        return out;
    }

    /** The number of the least severe level of {@code logger} that is worth logging. */
    int severity(String logger) {
        return dropping ? -1 : levels.severity(logger, System.nanoTime());
    }

    /** Sends what the task logged, after the lines that it has printed. Waits as printing does. */
    void log(LogEvent event) {
        Function<Throwable, Thrown> telling;
        synchronized (this) {
            telling = tell;
        }
        Thrown thrown = event.thrown() == null || telling == null ? null : telling.apply(event.thrown());
        String text = event.text().length() <= LONGEST_TEXT
                ? event.text()
                : event.text().substring(0, LONGEST_TEXT) + "... ("
                        + event.text().length() + " characters, cut)";
        int size = EVENT + text.length() + (thrown == null ? 0 : thrown.size());
        send(
                size,
                new Logged(
                        task,
                        attempt,
                        size,
                        event.logger(),
                        event.level(),
                        event.severity(),
                        event.markers(),
                        text,
                        thrown,
                        event.context(),
                        event.millis()));
    }

    private synchronized void send(int size, Message event) {
        if (closed) {
            return;
        }
        send();
        if (isSent()) {
            toSpawner.accept(event);
            underWay += size;
        }
        awaitRoom();
    }

    /** Sends the whole lines that there are. Does not wait. */
    synchronized void flushLines() {
        send();
    }

    synchronized void acknowledged(int bytes) {
        underWay = Math.max(0, underWay - bytes); // what is not waited for any more may come yet
        losing = dropping;
        notifyAll();
    }

    /** Sends what is left, unfinished lines too. Does not wait; later prints go to the heir. */
    synchronized void close() {
        if (closed) {
            return;
        }
        take(outLine, false);
        take(errLine, true);
        send();
        discard();
    }

    /** Nobody reads this any more: lets go whoever waits. */
    synchronized void discard() {
        closed = true;
        tell = null;
        notifyAll();
    }

    private void take(LineBuffer line, boolean error) {
        startWhole(error);
        line.drainTo(whole);
    }

    private void write(boolean error, byte[] bytes, int from, int length) {
        for (int done = 0; done < length; done += SLICE) {
            writeSlice(error, bytes, from + done, Math.min(SLICE, length - done));
        }
    }

    private synchronized void writeSlice(boolean error, byte[] bytes, int from, int length) {
        if (closed) {
            return;
        }
        startWhole(error);
        (error ? errLine : outLine).write(bytes, from, length, whole);
        if (whole.size() >= ENOUGH) {
            send();
            awaitRoom();
        }
    }

    /** Lines of the two streams leave in the order in which they ended. */
    private void startWhole(boolean error) {
        if (wholeIsError != error) {
            send();
            wholeIsError = error;
        }
    }

    private void send() {
        if (whole.size() > 0 && !closed) {
            if (isSent()) {
                toSpawner.accept(new Printed(task, attempt, wholeIsError, whole.toByteArray()));
                underWay += whole.size(); // not before: where the stack is used up it is not sent, but later
            }
            whole.reset();
        }
    }

    /** Whether what comes is not lost; once in a while it is sent all the same, to hear whether the spawner prints again. */
    private boolean isSent() {
        if (losing && !dropping && System.nanoTime() - triedAt >= patienceNanos) {
            triedAt = System.nanoTime();
            underWay = 0;
            return true;
        }
        return !losing;
    }

    private void awaitRoom() {
        boolean interrupted = false;
        int seen = underWay;
        long since = System.nanoTime();
        while (underWay > WINDOW && !closed && !losing) {
            long left = patienceNanos - (System.nanoTime() - since);
            if (left <= 0) {
                losing = true;
                triedAt = System.nanoTime();
                LOG.warn(
                        "task {}: its spawner has printed nothing for {} s; what it prints is lost until it does",
                        task,
                        TimeUnit.NANOSECONDS.toSeconds(patienceNanos));
                break;
            }
            try {
                wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            } catch (InterruptedException e) {
                interrupted = true; // printing is no place where programs expect an interrupt; the wait is bounded
            }
            if (underWay != seen) {
                seen = underWay;
                since = System.nanoTime();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private PrintStream newStream(boolean error) {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        write(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) {
                        TaskOutput.this.write(error, bytes, from, length);
                    }
                },
                false,
                StandardCharsets.UTF_8);
    }
}
