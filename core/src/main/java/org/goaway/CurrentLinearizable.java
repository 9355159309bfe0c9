package org.goaway;

import java.util.function.UnaryOperator;

/** What the linearizable kinds of {@link CurrentObject} share. */
abstract class CurrentLinearizable<S extends LinearizableObject> extends CurrentObject<S>
        implements LinearizableObject {

    CurrentLinearizable(String name) {
        super(name);
    }

    @Override
    public <T> T update(String field, T initial, UnaryOperator<T> fn) {
        return bound().update(field, initial, fn);
    }

    @Override
    public boolean compareAndSet(String field, Object expected, Object next) {
        return bound().compareAndSet(field, expected, next);
    }

    @Override
    public long addAndGet(String field, long delta) {
        return bound().addAndGet(field, delta);
    }
}
