package org.goaway.internal.object;

import java.util.Objects;
import java.util.function.Consumer;
import org.goaway.Registration;
import org.goaway.SharedObject;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;

/** What the handles of all kinds share: names, conversions, listeners. Safe for any thread. */
abstract class ObjectHandle implements SharedObject {

    final ObjectId id;
    final Values values;
    final Calls calls;
    final Listeners listeners;
    final StoreCounts counts;
    /** That of {@link #values}, one step nearer: each read takes it. */
    private final Value.Decoder decoder;

    ObjectHandle(ObjectId id, Values values, Calls calls, Listeners listeners, StoreCounts counts) {
        this.id = id;
        this.values = values;
        this.calls = calls;
        this.listeners = listeners;
        this.counts = counts;
        this.decoder = values.decoder();
    }

    /** The field's value as this kind promises it; null: absent. */
    abstract Value read(String field);

    /** Sets the field; null removes it. */
    abstract void write(String field, Value value);

    @Override
    public final String name() {
        return id.name();
    }

    @Override
    public final Object get(String field) {
        calls.checkOpen();
        return object(checked(field));
    }

    /** The field's value for a program; null: absent. */
    Object object(String field) {
        return decode(read(field));
    }

    /** The object that {@code value} encodes; null for null. */
    final Object decode(Value value) {
        return value == null ? null : value.decoded(decoder);
    }

    @Override
    @SuppressWarnings("unchecked") // get("x", null) is this method: it asks for whatever there is, and null stands in
    public final <T> T get(String field, Class<T> type) {
        Object value = get(field);
        if (type == null) {
            return (T) value;
        }
        return value == null ? null : Conversion.to(type, value, () -> Names.of(id, field));
    }

    @Override
    public final <T> T get(String field, T otherwise) {
        return orElse(field, get(field), otherwise);
    }

    /** {@code value} as the type of {@code otherwise}; that one itself where there is no value. */
    @SuppressWarnings("unchecked") // Conversion gives the type of `otherwise` or an interface that it implements
    final <T> T orElse(String field, Object value, T otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (otherwise == null || value.getClass() == otherwise.getClass()) {
            return (T) value;
        }
        return (T) Conversion.to(Conversion.typeOf(otherwise), value, () -> Names.of(id, field));
    }

    @Override
    public final void set(String field, Object value) {
        checked(field);
        calls.checkOpen();
        write(field, values.encode(id, field, value));
    }

    @Override
    public final Registration onChange(String field, Consumer<Object> listener) {
        checked(field);
        Objects.requireNonNull(listener, "listener");
        calls.checkOpen();
        Listeners.Listener added = listeners.add(id, field, values, listener);
        try {
            watch(field);
        } catch (RuntimeException failure) {
            if (listeners.remove(added)) {
                unwatch(field);
            }
            throw failure;
        }
        return () -> {
            if (listeners.remove(added)) {
                unwatch(field);
            }
        };
    }

    /** Has changes of the field told to this member, for kinds that do not anyway. */
    void watch(String field) {}

    /** Nobody listens to the field any more. */
    void unwatch(String field) {}

    /** Drops what the replica's values remember for this handle's application. */
    void forget() {}

    static String checked(String field) {
        return Objects.requireNonNull(field, "field");
    }

    /** The reason of a wait. */
    final String doing(String operation, String field) {
        return operation + " on " + Names.of(id, field);
    }

    @Override
    public final String toString() {
        return Names.of(id);
    }
}
