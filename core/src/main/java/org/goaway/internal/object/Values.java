package org.goaway.internal.object;

import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.goaway.internal.wire.Codec;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;

/** One application's way between its objects and the values that replicas hold. Safe for any thread. */
final class Values {

    /** A value travels in one message and stays in the memory of every member. */
    static final int MAX_BYTES = 16 << 20;

    /** Objects of these can be handed out again without harm: nobody can change them. */
    private static final Set<Class<?>> IMMUTABLE = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Character.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            String.class);

    private final Function<Object, byte[]> encoder;
    private final Value.Decoder decoder;
    private final Predicate<Object> comparable;

    Values(Codec codec) {
        this(codec::encodeStored, codec::decode, codec::comparable);
    }

    Values(Function<Object, byte[]> encoder, Value.Decoder decoder, Predicate<Object> comparable) {
        this.encoder = encoder;
        this.decoder = decoder;
        this.comparable = comparable;
    }

    /** The encoding of {@code object}; null for null, which means absent. */
    Value encode(ObjectId id, String field, Object object) {
        if (object == null) {
            return null;
        }
        byte[] bytes = encoder.apply(object);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("The value for " + Names.of(id, field) + " takes " + bytes.length
                    + " bytes, more than the " + MAX_BYTES + " that a field can hold: spread it over several fields");
        }
        return IMMUTABLE.contains(object.getClass()) ? Value.of(bytes, decoder, object) : Value.of(bytes);
    }

    /** The encoding of something that is to be compared with what a field holds. */
    Value encodeExpected(ObjectId id, String field, Object object) {
        if (object != null && !comparable.test(object)) {
            throw new IllegalArgumentException("compareAndSet on " + Names.of(id, field) + " cannot compare a "
                    + object.getClass().getName() + ", since equal ones may be encoded differently: use update");
        }
        return encode(id, field, object);
    }

    /** The object that {@code value} encodes; null for null. */
    Object decode(Value value) {
        return value == null ? null : value.decoded(decoder);
    }

    /** Like {@link #decode}, for a value that others keep: nothing of the application stays with it. */
    Object decodeOnce(Value value) {
        return value == null ? null : decoder.decode(value.bytes());
    }

    /** Drops what {@code value} remembers for this application. */
    void forget(Value value) {
        value.forget(decoder);
    }
}
