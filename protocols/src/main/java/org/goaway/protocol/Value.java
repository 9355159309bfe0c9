package org.goaway.protocol;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * An encoded value: what replicas hold, compare and hand over without knowing the application's classes.
 *
 * <p>Immutable by agreement: nobody writes to {@link #bytes()}. Two values are equal when their encodings are. A value
 * remembers what one decoder made of it, so that the next read with the same decoder is a field access. Safe for any
 * thread: the remembered pair is an immutable record, published by a plain write, and losing a race costs one decoding.
 *
 * <p>What a replica keeps of a field may be a value itself, with what else it keeps: one object less to store and to follow.
 */
public class Value {

    private volatile byte[] bytes;
    private volatile Source source;
    private Decoded decoded;

    private Value(byte[] bytes) {
        this.bytes = bytes;
    }

    private Value(Source source) {
        this.source = source;
    }

    /** The same encoding, and what is remembered of it now if {@code remembering}. */
    protected Value(Value same, boolean remembering) {
        // In this order: a source is dropped only once the bytes are there.
        this.source = same.source;
        this.bytes = same.bytes;
        this.decoded = remembering ? same.decoded : null;
    }

    /** Wraps the array without copying it. */
    public static Value of(byte[] bytes) {
        return new Value(bytes);
    }

    /** An encoding that {@code source} gives when it is asked for. */
    public static Value from(Source source) {
        return new Value(source);
    }

    /** Wraps the encoding of an object that {@code decoder} need not decode again. */
    public static Value of(byte[] bytes, Decoder decoder, Object object) {
        Value value = new Value(bytes);
        value.decoded = new Decoded(decoder, object);
        return value;
    }

    /** The encoding itself, not a copy. */
    public final byte[] bytes() {
        byte[] known = bytes;
        return known != null ? known : made();
    }

    /** Two that ask at once may both make them, of the same content. */
    private byte[] made() {
        Source asked = source;
        if (asked != null) {
            bytes = asked.bytes();
            source = null;
        }
        return bytes;
    }

    /** How many bytes the encoding takes, which is not made for that. */
    public final int length() {
        // In this order: a source is dropped only once the bytes are there.
        Source asked = source;
        return asked != null ? asked.length() : bytes.length;
    }

    /** What gives the encoding when it is asked for; null: it is there. */
    public final Source source() {
        return source;
    }

    /** What {@code decoder} makes of the encoding; asks it at most once while readers agree on the decoder. */
    public final Object decoded(Decoder decoder) {
        Decoded known = decoded;
        if (known != null && known.decoder == decoder) {
            return known.object;
        }
        Object object = decoder.decode(bytes());
        if (decoder.mayBeKept()) {
            decoded = new Decoded(decoder, object);
            VarHandle.fullFence(); // one sees the other: this, or who ends the decoder and then forgets what it made
            if (!decoder.mayBeKept()) {
                forget(decoder);
            }
        }
        return object;
    }

    /** Drops what was remembered for {@code decoder}, so that its classes can be collected. */
    public final void forget(Decoder decoder) {
        Decoded known = decoded;
        if (known != null && known.decoder == decoder) {
            decoded = null;
        }
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Value value && Arrays.equals(bytes(), value.bytes());
    }

    @Override
    public final int hashCode() {
        return Arrays.hashCode(bytes());
    }

    @Override
    public String toString() {
        byte[] known = bytes();
        return known.length <= 12 ? Arrays.toString(known) : known.length + " bytes";
    }

    /** Makes an encoding when it is asked for; the same whenever it is asked. Any thread. */
    public interface Source {

        byte[] bytes();

        /** How many bytes there will be. */
        int length();
    }

    /** Turns an encoding into an object. Called from any thread; must not keep the array. */
    @FunctionalInterface
    public interface Decoder {
        Object decode(byte[] bytes);

        /** Whether values may still remember what it makes. */
        default boolean mayBeKept() {
            return true;
        }
    }

    private record Decoded(Decoder decoder, Object object) {}
}
