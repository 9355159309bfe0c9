package org.goaway.internal.object;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.Registration;
import org.goaway.protocol.ObjectId;

/** The program's listeners for lost holds. They run elsewhere than on the event loop. Safe for any thread. */
final class LossListeners {

    private static final Logger LOG = LogManager.getLogger(LossListeners.class);

    private final Executor callbacks;
    private final Map<ObjectId, Map<Object, Runnable>> byLock = new ConcurrentHashMap<>();

    /** @param callbacks runs the listeners, one at a time */
    LossListeners(Executor callbacks) {
        this.callbacks = callbacks;
    }

    Registration add(ObjectId lock, Runnable listener) {
        Object key = new Object();
        byLock.compute(lock, (id, known) -> {
            Map<Object, Runnable> listeners = known == null ? new ConcurrentHashMap<>() : known;
            listeners.put(key, listener);
            return listeners;
        });
        return () -> byLock.computeIfPresent(lock, (id, listeners) -> {
            listeners.remove(key);
            return listeners.isEmpty() ? null : listeners;
        });
    }

    void tell(ObjectId lock) {
        for (Runnable listener : byLock.getOrDefault(lock, Map.of()).values()) {
            try {
                callbacks.execute(() -> run(lock, listener));
            } catch (RejectedExecutionException closing) {
                return;
            }
        }
    }

    private static void run(ObjectId lock, Runnable listener) {
        try {
            listener.run();
        } catch (Throwable failure) {
            LOG.warn("The program's listener for the loss of {} failed; it stays registered", Names.of(lock), failure);
        }
    }
}
