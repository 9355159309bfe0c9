package org.goaway.internal.object;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.ClusterClosedException;
import org.goaway.protocol.Changes;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;

/**
 * The program's listeners. The protocols tell of changes on the event loop; the listeners run elsewhere, each with the
 * latest value, those in between left out. Safe for any thread.
 */
public final class Listeners implements Changes {

    private static final Logger LOG = LogManager.getLogger(Listeners.class);

    private final Executor callbacks;
    private final LossListeners losses;
    private final Map<Field, Map<Listener, Listener>> byField = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Makes an empty set; {@code callbacks} runs the listeners, one at a time. */
    public Listeners(Executor callbacks) {
        this.callbacks = callbacks;
        this.losses = new LossListeners(callbacks);
    }

    /** The listeners for lost holds. */
    LossListeners losses() {
        return losses;
    }

    @Override
    public void changed(ObjectId object, String field, Value value) {
        if (closed || byField.isEmpty()) {
            return;
        }
        byField.getOrDefault(new Field(object, field), Map.of()).keySet().forEach(listener -> listener.tell(value));
    }

    Listener add(ObjectId object, String field, Values values, Consumer<Object> action) {
        Listener listener = new Listener(new Field(object, field), values, action);
        byField.compute(listener.field, (same, known) -> {
            Map<Listener, Listener> listeners = known == null ? new ConcurrentHashMap<>() : known;
            listeners.put(listener, listener);
            return listeners;
        });
        try {
            values.refuseEnded(); // after it is entered: who forgets ended programs may have been here before
        } catch (ClusterClosedException ended) {
            boolean unused = remove(listener);
            throw ended;
        }
        return listener;
    }

    /** Returns whether the field has no listener any more. */
    boolean remove(Listener listener) {
        listener.closed = true;
        return removeIf(listener.field, listener::equals);
    }

    private boolean removeIf(Field field, Predicate<Listener> which) {
        return byField.computeIfPresent(field, (same, listeners) -> {
                    listeners.keySet().removeIf(which);
                    return listeners.isEmpty() ? null : listeners;
                })
                == null;
    }

    /** Whether anybody listens to the field. */
    boolean any(ObjectId object, String field) {
        return !byField.getOrDefault(new Field(object, field), Map.of()).isEmpty();
    }

    /**
     * Drops the listeners of an application that has ended.
     *
     * @param unheard is given the fields that have no listener any more
     */
    void forget(Values values, BiConsumer<ObjectId, String> unheard) {
        for (Field field : byField.keySet()) {
            if (removeIf(field, listener -> listener.values == values)) {
                unheard.accept(field.object(), field.name());
            }
        }
        losses.forget(values);
    }

    /** What happens from now on is told to nobody: handles throw, and what is lost here is lost by the closing. */
    void close() {
        closed = true;
        losses.close();
    }

    private record Field(ObjectId object, String name) {}

    /** The latest that a listener has to hear; the box tells a removed field from nothing to tell. */
    private record News(Value value) {}

    /** One listener of one field. */
    final class Listener implements Runnable {

        private final Field field;
        private final Values values;
        private final Consumer<Object> action;
        private final AtomicReference<News> news = new AtomicReference<>();
        private volatile boolean closed;

        private Listener(Field field, Values values, Consumer<Object> action) {
            this.field = field;
            this.values = values;
            this.action = action;
        }

        private void tell(Value value) {
            if (news.getAndSet(new News(value)) == null) {
                try {
                    callbacks.execute(this);
                } catch (RejectedExecutionException closing) {
                    closed = true;
                }
            }
        }

        @Override
        public void run() {
            News latest = news.getAndSet(null);
            if (closed || latest == null) {
                return;
            }
            try {
                action.accept(values.decodeOnce(latest.value()));
            } catch (Throwable failure) {
                // It may have been in the midst of a call of a handle when that was closed.
                LOG.log(
                        Listeners.this.closed ? Level.DEBUG : Level.WARN,
                        "The program's listener of {} failed; it stays registered",
                        Names.of(field.object(), field.name()),
                        failure);
            }
        }
    }
}
