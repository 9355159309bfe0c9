package org.goaway.internal.output;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Transport;

/** The outputs of the tasks that run at this member. Safe for any thread. */
public final class Forwarder {

    /** Tasks are counted from 1. */
    private static final long NO_TASK = 0;

    /** After so long without a word of a spawner what its tasks print is lost. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Transport transport;
    private final Map<Source, TaskOutput> open = new ConcurrentHashMap<>();

    /** For each spawner, what is printed by threads that outlived their tasks. */
    private final Map<MemberId, TaskOutput> strays = new ConcurrentHashMap<>();

    private final Map<MemberId, Levels> levels = new ConcurrentHashMap<>();
    private final Function<Throwable, Thrown> inWords;
    private final boolean forward;

    /** An attempt at a task of {@code spawner}. */
    public record Source(MemberId spawner, long task, int attempt) {}

    /**
     * @param transport sends from any thread, in order
     * @param forward false: what tasks print and log is dropped
     * @param inWords makes an exception travel without its program's classes
     */
    public Forwarder(Transport transport, boolean forward, Function<Throwable, Thrown> inWords) {
        this.transport = transport;
        this.forward = forward;
        this.inWords = inWords;
    }

    /** Begins to forward for a task, which makes exceptions travel by {@code tell}. */
    public TaskOutput open(Source source, Function<Throwable, Thrown> tell) {
        TaskOutput stray =
                strays.computeIfAbsent(source.spawner(), any -> output(new Source(any, NO_TASK, 0), inWords, null));
        TaskOutput output = output(source, tell, stray);
        open.put(source, output);
        return output;
    }

    private TaskOutput output(Source source, Function<Throwable, Thrown> tell, TaskOutput heir) {
        MemberId spawner = source.spawner();
        Levels known = levels.computeIfAbsent(spawner, any -> new Levels(ask -> transport.send(any, ask)));
        TaskOutput output = new TaskOutput(
                source.task(),
                source.attempt(),
                message -> transport.send(spawner, message),
                known,
                tell,
                heir,
                PATIENCE_NANOS);
        return forward ? output : output.dropping();
    }

    /** Sends what is left of a task's output; what is sent to the spawner afterwards arrives after it. */
    public void close(Source source) {
        TaskOutput output = open.remove(source);
        if (output != null) {
            output.close();
        }
    }

    /** From now on nothing of what the task prints is sent. */
    public void drop(Source source) {
        TaskOutput output = open.get(source);
        if (output != null) {
            TaskOutput unused = output.dropping();
        }
    }

    /** Handles {@link PrintedAck}; one for a task that has ended is late and means nothing. */
    public void onPrintedAck(MemberId from, PrintedAck message) {
        TaskOutput output = message.task() == NO_TASK
                ? strays.get(from)
                : open.get(new Source(from, message.task(), message.attempt()));
        if (output != null) {
            output.acknowledged(message.bytes());
        }
    }

    /** Handles {@link LoggerLevel}. */
    public void onLoggerLevel(MemberId from, LoggerLevel message) {
        Levels known = levels.get(from);
        if (known != null) {
            known.told(message);
        }
    }

    /** Sends the lines that wait for more. */
    public void onTick() {
        open.values().forEach(TaskOutput::flushLines);
        strays.values().forEach(TaskOutput::flushLines);
    }

    /** The member left: nobody reads what its tasks print. */
    public void onGone(MemberId member) {
        levels.remove(member);
        TaskOutput stray = strays.remove(member);
        if (stray != null) {
            stray.discard();
        }
        open.forEach((key, output) -> {
            if (key.spawner().equals(member)) {
                open.remove(key, output);
                output.discard();
            }
        });
    }

    /** Ends all forwarding; threads that wait go on. */
    public void close() {
        strays.values().forEach(TaskOutput::discard);
        open.values().forEach(TaskOutput::discard);
        strays.clear();
        open.clear();
    }
}
