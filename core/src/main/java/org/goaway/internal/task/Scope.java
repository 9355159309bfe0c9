package org.goaway.internal.task;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.goaway.Cluster;
import org.goaway.TaskContext;
import org.goaway.internal.code.Application;

/**
 * Which node, application and task a thread works for. Threads that a task starts work for the same. A thread that
 * outlives the application must not keep its classes, so the application is held weakly: it lives as long as its node
 * knows it.
 */
public final class Scope {

    private static final InheritableThreadLocal<Scope> OF_THREAD = new InheritableThreadLocal<>();

    private final TaskHost host;
    private final WeakReference<Application> application;
    private final TaskContext context;
    private final Map<Thread, Wait> waits = new ConcurrentHashMap<>();

    Scope(TaskHost host, Application application, TaskContext context) {
        this.host = host;
        this.application = new WeakReference<>(application);
        this.context = context;
    }

    /** The current thread's scope; null outside of tasks and their callbacks. */
    public static Scope current() {
        return OF_THREAD.get();
    }

    /** The current thread now works for {@code scope}, or for none if it is null. */
    static void set(Scope scope) {
        if (scope == null) {
            OF_THREAD.remove();
        } else {
            OF_THREAD.set(scope);
        }
    }

    /** The cluster as the task sees it; null when its program has ended. */
    public Cluster cluster() {
        Application known = application.get();
        return known == null ? null : host.cluster(known);
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

    /**
     * One wait of one thread inside a call of GoAway.
     *
     * @param since when it began, on the clock of {@link System#nanoTime()}
     * @param reason may be asked by any thread
     */
    record Wait(long since, Supplier<String> reason) {

        /** What it waits for; never throws. */
        String text() {
            try {
                return reason.get();
            } catch (RuntimeException e) {
                return "something that cannot be told: " + e;
            }
        }
    }
}
