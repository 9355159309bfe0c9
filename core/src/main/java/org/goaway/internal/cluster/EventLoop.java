package org.goaway.internal.cluster;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.protocol.Clock;

/**
 * The one thread on which a node's protocols run. Tasks run one at a time in the order in which they were handed over;
 * nothing run here may block.
 *
 * <p>A <b>turn</b> takes all tasks that are waiting (at most {@value #TASKS_A_TURN}), then runs the hooks of the turn's
 * end, which is where messages of the turn are packed and sent. Ticks come every 10 milliseconds between turns; after a
 * pause those missed are made up for by one. A task, tick or hook that throws is logged and the loop goes on.
 */
public final class EventLoop implements Executor, Clock, AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(EventLoop.class);

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int TASKS_A_TURN = 1024;
    private static final long CLOSE_MILLIS = 5_000;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<LongConsumer> ticks = new CopyOnWriteArrayList<>();
    private final List<Runnable> turnEnds = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean parked;
    private volatile boolean closed;

    /** Starts the thread {@code goaway-loop-<name>}. */
    public EventLoop(String name) {
        thread = new Thread(this::run, "goaway-loop-" + name);
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
        // The loop sets parked before it looks at the queue a last time, so one of the two sees the other.
        if (parked) {
            parked = false;
            LockSupport.unpark(thread);
        }
    }

    /** Whether the calling thread is this loop's. */
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    /** Calls {@code tick} on the loop about every 10 milliseconds with the clock's reading, from now on. */
    public void onTick(LongConsumer tick) {
        ticks.add(tick);
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
        long due = nanos() + TICK_NANOS;
        while (!closed) {
            boolean worked = runTasks();
            long now = nanos();
            if (now - due >= 0) {
                ticks.forEach(tick -> guarded(() -> tick.accept(now)));
                due = Math.max(due + TICK_NANOS, now);
                worked = true;
            }
            if (worked) {
                turnEnds.forEach(this::guarded);
            } else {
                park(due - now);
            }
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

    private void park(long nanos) {
        parked = true;
        if (tasks.isEmpty() && !closed) {
            LockSupport.parkNanos(this, nanos);
        }
        parked = false;
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOG.error("{}: a task failed; the loop goes on", thread.getName(), e);
        }
    }
}
