package org.goaway.internal.task;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.LongConsumer;
import org.goaway.RemoteBiConsumer;
import org.goaway.RemoteBiFunction;
import org.goaway.RemoteCallable;
import org.goaway.RemoteConsumer;
import org.goaway.RemoteExecutor;
import org.goaway.RemoteFunction;
import org.goaway.RemoteRunnable;
import org.goaway.RemoteTask;
import org.goaway.RemoteTriConsumer;
import org.goaway.RemoteTriFunction;
import org.goaway.TaskGroup;
import org.goaway.TaskOptions;
import org.goaway.TaskStarter;
import org.goaway.internal.code.Applications;
import org.goaway.internal.code.FetchFiles;
import org.goaway.internal.output.AskLevel;
import org.goaway.internal.output.Forwarder;
import org.goaway.internal.output.Logged;
import org.goaway.internal.output.LoggerLevel;
import org.goaway.internal.output.Printed;
import org.goaway.internal.output.PrintedAck;
import org.goaway.internal.output.PrintedTask;
import org.goaway.internal.output.Printer;
import org.goaway.internal.task.TaskNews.Blocked;
import org.goaway.internal.task.TaskNews.Explain;
import org.goaway.internal.task.TaskNews.Started;
import org.goaway.internal.task.TaskNews.Unheld;
import org.goaway.metrics.TasksMXBean;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Waiting;
import org.goaway.protocol.task.TaskMessage;
import org.goaway.protocol.task.TaskMessage.Assign;
import org.goaway.protocol.task.TaskMessage.Cancel;
import org.goaway.protocol.task.TaskMessage.Done;
import org.goaway.protocol.task.TaskMessage.Envelope;
import org.goaway.protocol.task.TaskMessage.Finished;
import org.goaway.protocol.task.TaskMessage.Missing;
import org.goaway.protocol.task.TaskMessage.Out;
import org.goaway.protocol.task.TaskMessage.Room;

/**
 * All that one node does about tasks. The node calls {@code on…} on its event loop; the rest is for any thread.
 */
public final class Tasks implements TaskStarter, AutoCloseable {

    /** What {@link #onMessage} takes. */
    public static final List<Class<? extends Message>> MESSAGES = List.of(
            Envelope.class,
            Assign.class,
            Missing.class,
            Room.class,
            Out.class,
            Finished.class,
            Cancel.class,
            Done.class,
            Started.class,
            Blocked.class,
            Unheld.class,
            Printed.class,
            PrintedAck.class,
            Logged.class,
            AskLevel.class,
            LoggerLevel.class);

    /** What {@link #onRequest} answers. */
    public static final List<Class<? extends Message>> REQUESTS = List.of(Explain.class, FetchFiles.class);

    private final Applications applications;
    private final ForkJoinPool callbacks = Callbacks.newPool();
    private final Waits waits;
    private final Forwarder forwarder;
    private final Printer printer;
    private final TaskFigures figures;
    private final Runner runner;
    private final Spawner spawner;

    public Tasks(TaskPorts ports, Applications applications, TaskPorts.Settings settings) {
        this.applications = applications;
        this.waits = new Waits(settings.longWaitNanos());
        this.forwarder = settings.streams() == null
                ? null
                : new Forwarder(ports.transport(), settings.output(), Failure::inWords);
        this.printer = new Printer(
                ports.transport(),
                error -> settings.streams() == null
                        ? standard(error)
                        : settings.streams().original(error),
                member -> ports.host().member(member).name(),
                this::printed,
                settings.output());
        this.figures = new TaskFigures(new Present());
        this.runner = new Runner(ports, settings.slots(), applications, forwarder, callbacks, figures);
        this.spawner = new Spawner(ports, applications, Callbacks.orLater(callbacks), waits, printer, figures);
    }

    private static PrintStream standard(boolean error) {
        return error ? System.err : System.out;
    }

    private PrintedTask printed(MemberId from, long task, int attempt) {
        return spawner.printed(from, task, attempt);
    }

    /** How threads of the application wait. */
    public Waiting waiting() {
        return waits;
    }

    /** Handles one of {@link #MESSAGES}. */
    public void onMessage(MemberId from, Message message) {
        if (message instanceof Envelope
                || message instanceof Assign
                || message instanceof Cancel
                || message instanceof Done) {
            runner.onMessage(from, (TaskMessage) message);
        } else if (message instanceof TaskMessage answer) {
            spawner.onMessage(from, answer);
        } else if (message instanceof Started started) {
            spawner.onStarted(from, started);
        } else if (message instanceof Blocked blocked) {
            spawner.onBlocked(from, blocked);
        } else if (message instanceof Unheld unheld) {
            runner.onUnheldAt(from, unheld);
        } else if (message instanceof Printed printed) {
            printer.onPrinted(from, printed);
        } else if (message instanceof Logged logged) {
            printer.onLogged(from, logged);
        } else if (message instanceof AskLevel ask) {
            printer.onAskLevel(from, ask);
        } else if (forwarder == null) {
            throw new IllegalArgumentException("nothing is forwarded here, but " + message + " came");
        } else if (message instanceof PrintedAck ack) {
            forwarder.onPrintedAck(from, ack);
        } else if (message instanceof LoggerLevel level) {
            forwarder.onLoggerLevel(from, level);
        } else {
            throw new IllegalArgumentException(
                    "tasks know no " + message.getClass().getName());
        }
    }

    /** Answers one of {@link #REQUESTS}. */
    public CompletableFuture<? extends Message> onRequest(MemberId from, Message message) {
        if (message instanceof Explain explain) {
            return runner.onExplain(from, explain);
        }
        if (message instanceof FetchFiles fetch) {
            return applications.onFetchFiles(from, fetch);
        }
        throw new IllegalArgumentException(
                "tasks answer no " + message.getClass().getName());
    }

    /**
     * A message of so many bytes has come from {@code from} that the memory here cannot hold. It may have been a task, or the
     * result of one.
     */
    public void onUnheld(MemberId from, int bytes) {
        runner.onUnheld(from, bytes);
        spawner.onUnheld(from, bytes);
    }

    /** What runs and waits at this member, {@link TaskReport#MOST} of it at most. */
    public CompletableFuture<List<TaskReport>> report() {
        return runner.report();
    }

    /** How many tasks run or wait at this member. Any thread. */
    public int count() {
        return runner.count();
    }

    /** Whether the members that have started tasks here have all results that they were sent. Any thread. */
    public boolean areResultsKnown() {
        return runner.areResultsKnown();
    }

    /** What can be told of them in numbers. */
    public TasksMXBean figures() {
        return figures;
    }

    /** What these members and this one had started at each other has ended; some of them are back at once. */
    public void onGone(Set<MemberId> members, Set<MemberId> back) {
        members.forEach(runner::onGone);
        if (forwarder != null) {
            members.forEach(forwarder::onGone);
        }
        members.forEach(applications::onGone);
        back.forEach(applications::onBack);
        back.forEach(runner::onBack);
        spawner.onGone(members, back); // last: all else may be told again if it fails, but not that
    }

    /** What that member has started here ends, as it will know; {@link #onGone} follows. */
    public void onParted(MemberId member) {
        runner.onGone(member);
    }

    /** A member that had left is back: tasks of its programs may run here again. */
    public void onBack(MemberId member) {
        applications.onBack(member);
        runner.onBack(member);
        spawner.onBack(member);
    }

    /** To be called on the loop about every 10 milliseconds, each on its own: one that fails keeps no other from going on. */
    public List<LongConsumer> ticks() {
        return forwarder == null
                ? List.of(runner::onTick, spawner::onTick)
                : List.of(runner::onTick, spawner::onTick, nanos -> forwarder.onTick());
    }

    /**
     * The process is to end, maybe by one of the tasks that run here: how these end is told to nobody any more, and
     * {@link #close()} waits for none, so that their spawners see them end with this member. Call it before that.
     */
    public void abandon() {
        runner.abandon();
    }

    /**
     * This member is about to leave: no further task starts here, and what those that run throw from now on is told to nobody,
     * so that their spawners see them end with this member. Call it before anything that they use ends; {@link #close()}
     * interrupts them.
     */
    public void leaving() {
        runner.leaving();
    }

    /** Ends all tasks, here and those started from here; waits for those that run here a few seconds at most. */
    @Override
    public void close() {
        spawner.close();
        runner.close();
        if (forwarder != null) {
            forwarder.close();
        }
        printer.close();
        applications.close();
        callbacks.shutdown();
    }

    @Override
    public <R> RemoteTask<R> call(TaskOptions options, RemoteCallable<R> fn) {
        return start(options, Shape.CALLABLE, fn);
    }

    @Override
    public <A, R> RemoteTask<R> call(TaskOptions options, RemoteFunction<A, R> fn, A a) {
        return start(options, Shape.FUNCTION, fn, a);
    }

    @Override
    public <A, B, R> RemoteTask<R> call(TaskOptions options, RemoteBiFunction<A, B, R> fn, A a, B b) {
        return start(options, Shape.BI_FUNCTION, fn, a, b);
    }

    @Override
    public <A, B, C, R> RemoteTask<R> call(TaskOptions options, RemoteTriFunction<A, B, C, R> fn, A a, B b, C c) {
        return start(options, Shape.TRI_FUNCTION, fn, a, b, c);
    }

    @Override
    public RemoteTask<Void> run(TaskOptions options, RemoteRunnable fn) {
        return start(options, Shape.RUNNABLE, fn);
    }

    @Override
    public <A> RemoteTask<Void> run(TaskOptions options, RemoteConsumer<A> fn, A a) {
        return start(options, Shape.CONSUMER, fn, a);
    }

    @Override
    public <A, B> RemoteTask<Void> run(TaskOptions options, RemoteBiConsumer<A, B> fn, A a, B b) {
        return start(options, Shape.BI_CONSUMER, fn, a, b);
    }

    @Override
    public <A, B, C> RemoteTask<Void> run(TaskOptions options, RemoteTriConsumer<A, B, C> fn, A a, B b, C c) {
        return start(options, Shape.TRI_CONSUMER, fn, a, b, c);
    }

    @Override
    public <T, R> TaskGroup<R> map(TaskOptions options, Collection<? extends T> items, RemoteFunction<T, R> fn) {
        return group(options, Shape.FUNCTION, fn, items);
    }

    @Override
    public <T> TaskGroup<Void> forEach(TaskOptions options, Collection<? extends T> items, RemoteConsumer<T> fn) {
        return group(options, Shape.CONSUMER, fn, items);
    }

    /** A new executor, all of whose tasks have these options. */
    public RemoteExecutor executor(TaskOptions options) {
        return new TaskExecutor(spawner, Objects.requireNonNull(options, "options"));
    }

    private <R> RemoteTask<R> start(TaskOptions options, Shape shape, Object... work) {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(work[0], "fn");
        return spawner.start(options, shape, work);
    }

    private <T, R> TaskGroup<R> group(TaskOptions options, Shape shape, Object fn, Collection<? extends T> items) {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(fn, "fn");
        SpawnedGroup<T, R> group = new SpawnedGroup<>(spawner, options, shape, fn, new ArrayList<>(items));
        group.start();
        return group;
    }

    /** What there is now. */
    private final class Present implements TaskFigures.Present {

        @Override
        public int pending() {
            return runner.pending();
        }

        @Override
        public int running() {
            return Math.max(0, runner.count() - runner.pending());
        }

        @Override
        public long longestNanos() {
            return runner.longestNanos();
        }

        @Override
        public int unfinished() {
            return spawner.unfinished();
        }
    }
}
