package org.goaway.internal.wire;

import org.goaway.internal.wire.value.Bindings;

/** Turns what an application ships or stores into bytes and back. One for each application's loader. */
public final class Codec {

    private final ClassLoader loader;
    private final Bindings bindings;

    public Codec(ClassLoader loader, Bindings bindings) {
        this.loader = loader;
        this.bindings = bindings;
    }

    /** Encodes what is sent once and decoded once: shared references and cycles survive. */
    public byte[] encode(Object value) {
        if (bindings != null) {
            throw missing();
        }
        return null;
    }

    /** Encodes what replicas keep and compare: equal values of the comparable kinds have equal bytes. */
    public byte[] encodeStored(Object value) {
        if (bindings != null) {
            throw missing();
        }
        return null;
    }

    /** Decodes what either of the two wrote. */
    public Object decode(byte[] bytes) {
        if (bindings != null) {
            throw missing();
        }
        return null;
    }

    /** Whether equal values of this one's kind have equal encodings. */
    public boolean comparable(Object value) {
        if (bindings != null) {
            throw missing();
        }
        return false;
    }

    private IllegalStateException missing() {
        return new IllegalStateException("no values yet, for " + loader + " and " + bindings);
    }
}
