package org.goaway.internal.task;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.goaway.Cluster;
import org.goaway.Member;
import org.goaway.TaskContext;
import org.goaway.internal.code.Application;

/**
 * Which node, application and task a thread works for. Threads that a task starts work for the same. A thread that
 * outlives the application must not keep its classes, so application, node and task are held weakly: they live as long as
 * the node knows them.
 */
public final class Scope {

    private static final InheritableThreadLocal<Scope> OF_THREAD = new InheritableThreadLocal<>();

    /** Whether any thread of this process has ever had one: to look at a thread's variable takes as long as a local read. */
    private static volatile boolean used;

    private final WeakReference<TaskHost> host;
    private final WeakReference<Application> application;
    private final TaskContext context;
    private final Map<Thread, Wait> waits = new ConcurrentHashMap<>();
    private volatile WeakReference<Cluster> cluster = new WeakReference<>(null);

    Scope(TaskHost host, Application application, TaskContext context) {
        this.host = new WeakReference<>(host);
        this.application = new WeakReference<>(application);
        this.context = new Known(context.name(), context.attempt(), context.spawner(), new WeakReference<>(context));
    }

    /** Who the current thread is, for those who wait for it. */
    public static String who() {
        Scope scope = current();
        return scope == null
                ? "thread " + Thread.currentThread().getName()
                : "task " + scope.context().name();
    }

    /** The current thread's scope; null outside of tasks and their callbacks. */
    public static Scope current() {
        return used ? OF_THREAD.get() : null;
    }

    /** A scope of the program that the current thread works for: its own, where it has one. Null: none is known. */
    public static Scope ofProgram() {
        Scope own = current();
        if (!used || !CommonPool.isHere()) {
            return own;
        }
        Scope callers = CommonPool.ofCaller();
        return callers != null || own == null || own.isLeftOver() ? callers : own;
    }

    /** Whether a thread of this process's own program may have it only since another program made the thread. */
    private boolean isLeftOver() {
        Application known = application.get();
        return known == null || known.isShipped();
    }

    /** The current thread now works for {@code scope}, or for none if it is null. */
    static void set(Scope scope) {
        if (scope != null) {
            used = true;
            OF_THREAD.set(scope);
        } else if (used) {
            OF_THREAD.remove();
        }
    }

    /** The cluster as the task sees it; null when its program has ended. */
    public Cluster cluster() {
        Cluster seen = cluster.get();
        return seen != null ? seen : find();
    }

    private Cluster find() {
        Application known = application.get();
        TaskHost node = host.get();
        Cluster found = known == null || node == null ? null : node.cluster(known);
        cluster = new WeakReference<>(found);
        return found;
    }

    /** The task's application; null when its program has ended. */
    public Application application() {
        return application.get();
    }

    /** What the task may know of itself. */
    public TaskContext context() {
        return context;
    }

    Map<Thread, Wait> waits() {
        return waits;
    }

    /** What outlives a task. */
    private record Known(String name, int attempt, Member spawner, WeakReference<TaskContext> task)
            implements TaskContext {

        @Override
        public boolean isCancelled() {
            TaskContext running = task.get();
            return running != null && running.isCancelled();
        }
    }

    /**
     * One wait of one thread inside a call of GoAway.
     *
     * @param since when it began, on the clock of {@link System#nanoTime()}
     * @param reason names what it waits for, with or without "waits for" before it; may be asked by any thread
     */
    record Wait(long since, Supplier<String> reason) {

        private static final String PREFIX = "waits for ";

        /** What it waits for, to be put behind "waits … for"; never throws. */
        String text() {
            try {
                String text = String.valueOf(reason.get());
                return text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
            } catch (RuntimeException e) {
                return "something that cannot be told: " + e;
            }
        }
    }
}
