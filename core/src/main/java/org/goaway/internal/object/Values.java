package org.goaway.internal.object;

import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.goaway.ClusterClosedException;
import org.goaway.NotTransferableException;
import org.goaway.internal.wire.Codec;
import org.goaway.internal.wire.SizeLimit;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.ObjectId.Kind;
import org.goaway.protocol.Value;

/** One application's way between its objects and the values that replicas hold. Safe for any thread. */
final class Values {

    /** What a StrictCentralized object holds is an entry of the log, which the voters keep and send whole. */
    static final int MAX_LOGGED = 16 << 20;

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
    /** Lives as long as this does; {@link #decoder} lets go of it. */
    private final Value.Decoder codec;

    private final ProgramDecoder decoder;
    private final Predicate<Object> comparable;
    private final SizeLimit limit;

    Values(Codec codec) {
        this(codec::encodeStored, codec::decode, codec::comparable, SizeLimit.VALUE);
    }

    /** @param limit what one value may take, and all of an UpdateOnRelease object's together, which travel in one message */
    Values(Function<Object, byte[]> encoder, Value.Decoder codec, Predicate<Object> comparable, SizeLimit limit) {
        this.encoder = encoder;
        this.codec = codec;
        this.decoder = new ProgramDecoder(codec);
        this.comparable = comparable;
        this.limit = limit;
    }

    /** What values remember this program's objects by. */
    Value.Decoder decoder() {
        return decoder;
    }

    SizeLimit limit() {
        return limit;
    }

    /** The encoding of {@code object}; null for null, which means absent. */
    Value encode(ObjectId id, String field, Object object) {
        if (object == null) {
            return null;
        }
        byte[] bytes = bytes(id, field, object);
        if (id.kind() == Kind.STRICT && bytes.length > MAX_LOGGED) {
            throw new NotTransferableException("The value for " + Names.of(id, field) + " takes " + bytes.length
                    + " bytes, more than the " + MAX_LOGGED
                    + " that such a field can hold: spread it over several fields, or use another kind of object");
        }
        return IMMUTABLE.contains(object.getClass()) && decoder.mayBeKept()
                ? Value.of(bytes, decoder, object)
                : Value.of(bytes);
    }

    private byte[] bytes(ObjectId id, String field, Object object) {
        try {
            return limit.check(encoder.apply(object), "It", "Spread it over several fields or objects");
        } catch (NotTransferableException refusal) {
            throw new NotTransferableException(
                    "The value for " + Names.of(id, field) + " cannot travel: " + refusal.getMessage(), refusal);
        }
    }

    /** The encoding of something that is to be compared with what a field holds. */
    Value encodeExpected(ObjectId id, String field, Object object) {
        if (object != null && !comparable.test(object)) {
            throw new IllegalArgumentException("compareAndSet on " + Names.of(id, field) + " cannot compare a "
                    + object.getClass().getName() + ", since equal ones may be encoded differently: use update");
        }
        return encode(id, field, object);
    }

    /** Whether both are lists, and equal: one of another class is encoded otherwise, as an ArrayList and a List.of. */
    boolean isEqualList(Value value, Object expected) {
        return value != null && expected instanceof List<?> && expected.equals(decode(value));
    }

    /** Whether nobody can change {@code object}, so that it needs no twin. */
    boolean isImmutable(Object object) {
        return IMMUTABLE.contains(object.getClass())
                || object instanceof Enum<?>
                || object instanceof BigInteger
                || object instanceof BigDecimal
                || object instanceof UUID
                || object.getClass().getPackageName().equals("java.time");
    }

    /**
     * What to compare {@code object} with later, which has just been decoded from {@code value}. Not always that value itself: a
     * set of objects whose order depends on their hashes is written otherwise each time it is read.
     */
    Value twin(ObjectId id, String field, Object object, Value value) {
        return comparable.test(object) ? value : encode(id, field, object);
    }

    /** The object that {@code value} encodes; null for null. */
    Object decode(Value value) {
        return value == null ? null : value.decoded(decoder);
    }

    /** Like {@link #decode}, for a value that others keep: nothing of the application stays with it. */
    Object decodeOnce(Value value) {
        return value == null ? null : codec.decode(value.bytes());
    }

    /** The program has ended: nothing of it stays with a value from now on. */
    void end() {
        decoder.end();
    }

    /** @throws ClusterClosedException if the program has ended */
    void refuseEnded() {
        if (!decoder.mayBeKept()) {
            throw SharedObjects.programEnded();
        }
    }

    /** Drops what {@code value} remembers for this application. */
    void forget(Value value) {
        value.forget(decoder);
    }

    /**
     * What values know the program by. Some come into a replica after its end, as when a thread of it leaves a section then:
     * what those keep must not keep the program's classes.
     */
    private static final class ProgramDecoder implements Value.Decoder {

        private final WeakReference<Value.Decoder> codec;
        /** Null once the program has ended. */
        private volatile Value.Decoder kept;

        ProgramDecoder(Value.Decoder codec) {
            this.codec = new WeakReference<>(codec);
            this.kept = codec;
        }

        @Override
        public Object decode(byte[] bytes) {
            Value.Decoder known = codec.get();
            if (known == null) {
                throw SharedObjects.programEnded();
            }
            return known.decode(bytes);
        }

        @Override
        public boolean mayBeKept() {
            return kept != null;
        }

        void end() {
            kept = null;
        }
    }
}
