package org.goaway.internal.wire.value;

/**
 * How objects that stand for something of the cluster travel: as kind and name, bound again where they arrive. Called from
 * any thread; must not block.
 */
public interface Bindings {

    /** What {@code object} stands for; null if it stands for nothing and is to be treated like any other object. */
    default Handle handleOf(Object object) {
        return Handle.of(object);
    }

    /**
     * The object that {@code handle} means here. Never null.
     *
     * @throws RuntimeException if it means nothing here; decoding then fails with that as its cause
     */
    Object bind(Handle handle);
}
