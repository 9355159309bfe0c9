package org.goaway.internal.object;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.ClusterClosedException;
import org.goaway.Registration;
import org.goaway.protocol.ObjectId;

/** The program's listeners for lost holds. They run elsewhere than on the event loop. Safe for any thread. */
final class LossListeners {

    private static final Logger LOG = LogManager.getLogger(LossListeners.class);

    private final Executor callbacks;
    private final Map<ObjectId, Set<Listener>> byLock = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Equal only to itself: each has its own registration. */
    private static final class Listener {
        private final Values program;
        private final Runnable action;
        private volatile boolean closed;

        private Listener(Values program, Runnable action) {
            this.program = program;
            this.action = action;
        }
    }

    /** @param callbacks runs the listeners, one at a time */
    LossListeners(Executor callbacks) {
        this.callbacks = callbacks;
    }

    Registration add(ObjectId lock, Values program, Runnable action) {
        Listener added = new Listener(program, action);
        byLock.compute(lock, (id, known) -> {
            Set<Listener> listeners = known == null ? ConcurrentHashMap.newKeySet() : known;
            listeners.add(added);
            return listeners;
        });
        try {
            program.refuseEnded(); // after it is entered: who forgets ended programs may have been here before
        } catch (ClusterClosedException ended) {
            removeIf(lock, added::equals);
            throw ended;
        }
        return () -> removeIf(lock, added::equals);
    }

    private void removeIf(ObjectId lock, Predicate<Listener> which) {
        byLock.computeIfPresent(lock, (id, listeners) -> {
            listeners.removeIf(listener -> {
                boolean ends = which.test(listener);
                listener.closed = listener.closed || ends;
                return ends;
            });
            return listeners.isEmpty() ? null : listeners;
        });
    }

    /** Drops the listeners of a program that has ended. */
    void forget(Values program) {
        byLock.keySet().forEach(lock -> removeIf(lock, listener -> listener.program == program));
    }

    /** What is lost from now on is told to nobody. */
    void close() {
        closed = true;
    }

    void tell(ObjectId lock) {
        if (closed) {
            return;
        }
        for (Listener listener : byLock.getOrDefault(lock, Set.of())) {
            try {
                callbacks.execute(() -> run(lock, listener));
            } catch (RejectedExecutionException closing) {
                return;
            }
        }
    }

    private void run(ObjectId lock, Listener listener) {
        if (listener.closed) {
            return;
        }
        try {
            listener.action.run();
        } catch (Throwable failure) {
            LOG.log(
                    closed ? Level.DEBUG : Level.WARN,
                    "The program's listener for the loss of {} failed; it stays registered",
                    Names.of(lock),
                    failure);
        }
    }
}
