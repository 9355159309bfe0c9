package org.goaway.internal.cluster;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayDeque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.cluster.link.Seldom;
import org.goaway.protocol.Clock;

/**
 * Where a node's protocols run: one task at a time, in the order in which they were handed over; nothing run here may
 * block.
 *
 * <p>A <b>turn</b> takes all tasks that are waiting (at most {@value #TASKS_A_TURN}), then what was put off to {@link
 * #turnEnd()}, then runs the hooks of the turn's end, which is where messages of the turn are packed and sent. Ticks come
 * every 10 milliseconds between turns; after a pause those missed are made up for by one. A task, tick or hook that throws
 * anything is logged, a tick that does each time every ten seconds, and the loop goes on.
 *
 * <p>Turns are taken by the loop's own thread, except that a thread may take a turn for one task of its own while the loop
 * has nothing to do ({@link #executeHere}): that saves it the time until another thread wakes up. What it finds and leaves
 * is passed on by {@link #turn}, so whoever runs a task sees all that tasks before it did.
 */
public final class EventLoop implements Executor, Clock, AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(EventLoop.class);

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int TASKS_A_TURN = 1024;
    private static final long CLOSE_MILLIS = 5_000;

    /** After so many another thread that was lent the turn goes back to what it is for. */
    private static final int TURNS_IN_A_ROW = 4;

    private static final MethodHandle IS_VIRTUAL = virtualTest();

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Tick> ticks = new CopyOnWriteArrayList<>();
    private final List<Runnable> turnEnds = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> endings = new ArrayDeque<>();
    private final Runnable ownTurn = this::ownTurn;
    /** What is to run later. */
    private final Queue<Later> later = new PriorityQueue<>();

    private final Thread thread;
    private long due;
    /** When the loop's thread wakes up by itself. */
    private long wakes;

    /** Who has the turn; null: nobody, the loop is idle. */
    private final AtomicReference<Thread> turn = new AtomicReference<>();

    /** Whether the loop's thread sleeps, or is about to, until there is something to do. */
    private volatile boolean parked;

    /** Whether it sleeps until the turn is given back. */
    private volatile boolean wanted;

    private volatile boolean closed;

    private static final class Tick {
        private final LongConsumer action;
        private final Seldom failures = new Seldom();

        private Tick(LongConsumer action) {
            this.action = action;
        }
    }

    private record Later(long nanos, Runnable task) implements Comparable<Later> {
        @Override
        public int compareTo(Later other) {
            return Long.signum(nanos - other.nanos);
        }
    }

    /** Starts the thread {@code goaway-loop-<name>}. */
    public EventLoop(String name) {
        // It may be started by a task's thread, and has nothing to do with that task.
        thread = new Thread(null, this::run, "goaway-loop-" + name, 0, false);
        thread.setContextClassLoader(EventLoop.class.getClassLoader());
        thread.setDaemon(true);
        thread.start();
    }

    /** Hands {@code task} to the loop, from any thread. Once the loop is closed, tasks are dropped. */
    @Override
    public void execute(Runnable task) {
        if (closed) {
            return;
        }
        tasks.add(task);
        // Who ends a turn gives it back before it looks at the queue a last time, so one of the two sees the other.
        Thread runs = turn.get();
        if (runs == null || runs == thread) {
            wake();
        }
    }

    /** Like {@link #execute}, but runs {@code task} when the clock shows {@code nanos}, or a little later. */
    public void executeAt(long nanos, Runnable task) {
        execute(() -> later.add(new Later(nanos, task)));
    }

    private void wake() {
        if (parked) {
            parked = false;
            LockSupport.unpark(thread);
        }
    }

    /**
     * Like {@link #execute}, but if the loop is idle the calling thread itself runs {@code task} and the turn's end before
     * this returns. For tasks that start no thread: it would inherit from the caller. A virtual thread never runs it, since
     * it might wait long for a carrier in the middle; nor does a thread whose stack is almost used up, since the task would
     * be broken off somewhere and leave half of a step.
     */
    public void executeHere(Runnable task) {
        if (!isIdle() || isVirtual(Thread.currentThread()) || !StackRoom.isEnough() || !tookTurn()) {
            execute(task);
            return;
        }
        try {
            guarded(task);
            endTurn();
        } finally {
            giveBack();
        }
    }

    /**
     * Like {@link #executeHere}, for the node's own platform threads: those have room on their stacks, and nothing that a
     * thread which a task starts must not inherit. Takes a few turns for what others hand over meanwhile, too.
     */
    void executeOnOwn(Runnable task) {
        if (!isIdle() || !tookTurn()) {
            execute(task);
            return;
        }
        try {
            guarded(task);
            endTurn();
            for (int turns = 1; turns < TURNS_IN_A_ROW && runTasks(); turns++) {
                endTurn();
            }
        } finally {
            giveBack();
        }
    }

    private boolean isIdle() {
        return turn.get() == null && tasks.isEmpty() && !closed;
    }

    private boolean tookTurn() {
        return turn.compareAndSet(null, Thread.currentThread());
    }

    private void giveBack() {
        boolean more = !endings.isEmpty() || (!later.isEmpty() && later.element().nanos - wakes < 0);
        turn.set(null);
        if (wanted) {
            LockSupport.unpark(thread);
        } else if (more || !tasks.isEmpty()) {
            wake();
        }
    }

    private static boolean isVirtual(Thread thread) {
        try {
            return (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (Throwable e) {
            throw new IllegalStateException("a thread that cannot tell what it is", e);
        }
    }

    /** {@code Thread.isVirtual}, where this Java has it. */
    private static MethodHandle virtualTest() {
        try {
            return MethodHandles.publicLookup().findVirtual(Thread.class, "isVirtual", methodType(boolean.class));
        } catch (NoSuchMethodException | IllegalAccessException allArePlatformThreads) {
            return MethodHandles.dropArguments(MethodHandles.constant(boolean.class, false), 0, Thread.class);
        }
    }

    /** Runs what it is given, in the loop, after the tasks of the turn that is under way. Called in the loop. */
    public Executor turnEnd() {
        return endings::add;
    }

    /** Whether the calling thread has the turn. */
    public boolean inLoop() {
        return Thread.currentThread() == turn.get();
    }

    /** Calls {@code tick} on the loop about every 10 milliseconds with the clock's reading, from now on. */
    public void onTick(LongConsumer tick) {
        ticks.add(new Tick(tick));
    }

    /** Calls {@code hook} on the loop at the end of every turn, from now on. Must not hand over a task each time. */
    public void atTurnEnd(Runnable hook) {
        turnEnds.add(hook);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    /** Ends the thread after what it is doing; waits for that unless called on the loop. Idempotent. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        if (inLoop()) {
            return;
        }
        try {
            thread.join(CLOSE_MILLIS);
            if (thread.isAlive()) {
                LOG.warn("{} has not ended within {} ms: a task blocks it", thread.getName(), CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tasks.clear();
    }

    private void run() {
        takeTurn();
        due = nanos() + TICK_NANOS;
        while (!closed) {
            guarded(ownTurn);
        }
    }

    private void ownTurn() {
        boolean worked = runTasks();
        long now = nanos();
        while (!later.isEmpty() && now - later.element().nanos >= 0) {
            guarded(later.remove().task);
            worked = true;
        }
        if (now - due >= 0) {
            ticks.forEach(tick -> guarded(tick, now));
            due = Math.max(due + TICK_NANOS, now);
            worked = true;
        }
        if (worked || !endings.isEmpty()) {
            endTurn();
        } else {
            wakes = later.isEmpty() || due - later.element().nanos < 0 ? due : later.element().nanos;
            park(wakes - now);
        }
    }

    private boolean runTasks() {
        int done = 0;
        Runnable task = tasks.poll();
        while (task != null) {
            guarded(task);
            done++;
            task = done < TASKS_A_TURN && !closed ? tasks.poll() : null;
        }
        return done > 0;
    }

    private void endTurn() {
        // What these put off in their turn waits for the next turn, so that none lasts for ever.
        for (int waiting = endings.size(); waiting > 0; waiting--) {
            guarded(endings.remove());
        }
        turnEnds.forEach(this::guarded);
    }

    private void park(long nanos) {
        parked = true;
        turn.set(null);
        if (tasks.isEmpty() && !closed) {
            LockSupport.parkNanos(this, nanos);
        }
        parked = false;
        takeTurn();
    }

    private void takeTurn() {
        if (!turn.compareAndSet(null, thread)) {
            wanted = true;
            while (!turn.compareAndSet(null, thread)) {
                LockSupport.parkNanos(this, TICK_NANOS);
            }
            wanted = false;
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            failed("a task failed", e);
        }
    }

    private void guarded(Tick tick, long now) {
        try {
            tick.action.accept(now);
        } catch (Throwable e) {
            long before = tick.failures.another();
            if (before >= 0) {
                failed(before == 0 ? "a tick failed" : "a tick fails each time", e);
            }
        }
    }

    private void failed(String what, Throwable failure) {
        SafeLog.error(LOG, "{}: {}; the loop goes on", thread.getName(), what, failure);
    }
}
