package org.goaway.internal.object;

import java.lang.ref.Reference;
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
    private final Function<byte[], Object> decoder;
    private final Value.Decoder reader = new Reader(this);
    private final Predicate<Object> comparable;
    private final SizeLimit limit;
    private volatile boolean ended;

    Values(Codec codec) {
        this(codec::encodeStored, codec::decode, codec::comparable, SizeLimit.VALUE);
    }

    /** @param limit what one value may take, and all of an UpdateOnRelease object's together, which travel in one message */
    Values(
            Function<Object, byte[]> encoder,
            Function<byte[], Object> decoder,
            Predicate<Object> comparable,
            SizeLimit limit) {
        this.encoder = encoder;
        this.decoder = decoder;
        this.comparable = comparable;
        this.limit = limit;
    }

    /**
     * What values know an application by. Logs, and answers that may be asked for again, keep values that no replica has any
     * more, and must not keep the program with them.
     */
    private static final class Reader implements Value.Decoder {

        private final WeakReference<Values> application;

        Reader(Values application) {
            this.application = new WeakReference<>(application);
        }

        @Override
        public Object decode(byte[] bytes) {
            return application.get().decoder.apply(bytes); // there as long as it is the one that asks
        }

        @Override
        public boolean mayBeKept() {
            return !application.get().ended;
        }
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
            throw new IllegalArgumentException("The value for " + Names.of(id, field) + " takes " + bytes.length
                    + " bytes, more than the " + MAX_LOGGED
                    + " that such a field can hold: spread it over several fields, or use another kind of object");
        }
        return IMMUTABLE.contains(object.getClass()) && !ended ? Value.of(bytes, reader, object) : Value.of(bytes);
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
        try {
            return value == null ? null : value.decoded(reader);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Like {@link #decode}, for a value that others keep: nothing of the application stays with it. */
    Object decodeOnce(Value value) {
        return value == null ? null : decoder.apply(value.bytes());
    }

    /** The program has ended: nothing of it stays with a value from now on. */
    void end() {
        ended = true;
    }

    /** @throws ClusterClosedException if the program has ended */
    void refuseEnded() {
        if (ended) {
            throw SharedObjects.programEnded();
        }
    }

    /** Drops what {@code value} remembers for this application. */
    void forget(Value value) {
        value.forget(reader);
    }
}
