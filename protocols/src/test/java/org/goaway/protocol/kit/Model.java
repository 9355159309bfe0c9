package org.goaway.protocol.kit;

import java.util.Optional;

/**
 * What an object does when it is called by one client at a time.
 *
 * @param <S> its states: immutable, never null, compared by equals
 */
public interface Model<S> {

    /** The state before the first operation. */
    S initial();

    /** The state after {@code operation} returned {@code result} in {@code state}; empty if it cannot return that there. */
    Optional<S> step(S state, Object operation, Object result);

    /**
     * The state after {@code operation}, whose result nobody knows, took effect in {@code state}. {@code state} itself
     * where it has none.
     */
    S stepUnknown(S state, Object operation);
}
