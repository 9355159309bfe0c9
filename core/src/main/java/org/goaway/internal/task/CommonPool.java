package org.goaway.internal.task;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.goaway.internal.code.Application;

/**
 * For whom threads of Java's common pool work, on which parallel streams and {@code supplyAsync} run. They serve all
 * programs of the process, and belong to no task or, by chance, to the one that made them run first. So the code that they run
 * decides: a program that was shipped here has its own loader. Safe for any thread.
 */
final class CommonPool {

    /** Of a method reference of the program there is only the hidden class. */
    private static final StackWalker WALKER = StackWalker.getInstance(
            Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE, StackWalker.Option.SHOW_HIDDEN_FRAMES));

    /** Some task of each shipped program; it keeps nothing of the program. */
    static final Map<ClassLoader, Scope> BY_LOADER = Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * The same for a class, which never gets another program, and is not looked for before its program is known. Each call
     * of a handle looks for all classes on the stack: they would wait for each other in the map above.
     */
    private static final ClassValue<Scope> BY_CLASS = new ClassValue<>() {
        @Override
        protected Scope computeValue(Class<?> type) {
            return find(type);
        }
    };

    /** Whether a shipped program has ever run here: else nobody's stack needs to be walked. */
    private static volatile boolean used;

    private CommonPool() {}

    /** A task of the application runs here. */
    static void add(Application application, Scope scope) {
        if (application.isShipped()) {
            BY_LOADER.putIfAbsent(application.loader(), scope);
            used = true;
        }
    }

    /** Whether the current thread is of the common pool. */
    static boolean isHere() {
        return Thread.currentThread() instanceof ForkJoinWorkerThread worker
                && worker.getPool() == ForkJoinPool.commonPool();
    }

    /** A scope of the program that calls; null: it was not shipped here. */
    static Scope ofCaller() {
        return !used
                ? null
                : WALKER.walk(frames -> frames.map(frame -> of(frame.getDeclaringClass()))
                        .filter(found -> found != null)
                        .findFirst()
                        .orElse(null));
    }

    /** A scope of the program that the class is of; null: it was not shipped here. */
    static Scope of(Class<?> type) {
        return BY_CLASS.get(type);
    }

    private static Scope find(Class<?> type) {
        for (ClassLoader at = type.getClassLoader(); at != null; at = at.getParent()) {
            Scope found = BY_LOADER.get(at);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
