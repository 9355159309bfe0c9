package org.goaway.internal.task;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.goaway.GoAwayException;

/**
 * The threads that tasks run on: reused, and replaced as a whole when a program has ended, since the values that it put
 * into thread locals would keep its classes. Safe for any thread; a new thread takes over something of the thread that
 * starts it, so that one must be the node's own.
 */
final class TaskThreads implements AutoCloseable {

    /** Virtual threads of earlier versions lose their carrier while they hold a monitor. */
    private static final int FIRST_WITH_VIRTUAL = 24;

    private static final long IDLE_SECONDS = 10;

    private final AtomicInteger count = new AtomicInteger();
    private ThreadPoolExecutor pool = newPool();
    private boolean closed;

    /** Runs {@code work} on a platform thread; returns false after {@link #close()}. */
    synchronized boolean start(Runnable work) {
        if (closed) {
            return false;
        }
        try {
            pool.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            throw new GoAwayException("no thread for a task: " + e.getMessage(), e);
        }
    }

    /** Lets go of all threads that have run a task, as soon as they are free. */
    synchronized void renew() {
        if (!closed) {
            pool.shutdown();
            pool = newPool();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        pool.shutdown();
    }

    /** Whether this Java has virtual threads that are fit for use. */
    static boolean hasVirtual() {
        return Runtime.version().feature() >= FIRST_WITH_VIRTUAL;
    }

    /** Runs {@code work} on a virtual thread. */
    void startVirtual(Runnable work) {
        String name = "goaway-task-v" + count.incrementAndGet(); // first: once it runs, nothing may fail
        try {
            Thread thread = (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
            thread.setName(name);
        } catch (InvocationTargetException e) {
            throw new GoAwayException("no virtual thread could be started for a task: " + e.getCause(), e.getCause());
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new GoAwayException("this Java has no virtual threads", e);
        }
    }

    private ThreadPoolExecutor newPool() {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::newThread);
    }

    private Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, "goaway-task-" + count.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        return thread;
    }

    /** The innermost frame that is neither Java's nor GoAway's own, with what the thread does there. */
    static String describe(Thread thread) {
        String state = thread.getState() == Thread.State.RUNNABLE ? "at " : "blocked at ";
        StackTraceElement[] frames = thread.getStackTrace();
        for (StackTraceElement frame : frames) {
            if (!isInfrastructure(frame.getClassName())) {
                return state + frame;
            }
        }
        return frames.length == 0 ? "just started" : state + frames[0];
    }

    private static boolean isInfrastructure(String type) {
        return type.startsWith("java.")
                || type.startsWith("jdk.")
                || type.startsWith("sun.")
                || type.startsWith("org.goaway.internal.");
    }
}
