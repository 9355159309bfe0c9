package org.goaway.internal.wire;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.goaway.internal.wire.value.CorruptException;

/**
 * Turns the records that members send each other into bytes and back: the id of the type, then its components in their
 * order. Compact rather than self-describing, since all members of a cluster run the same GoAway; the encoding of values
 * that outlive a program's classes is {@link Codec}'s. Immutable; safe for any thread.
 *
 * <p>Components may be primitives and their boxes, strings, enums, {@code byte[]}, registered records and scalars,
 * interfaces of registered records, and {@code List}, {@code Set}, {@code Map} and {@code Optional} of these. Null is
 * allowed everywhere but in primitives. Collections arrive as ones that cannot be changed, sets and maps in their order.
 */
public final class MessageCodec {

    private static final int EXPECTED_SIZE = 96;

    private final MessageTypes types;

    private MessageCodec(MessageTypes types) {
        this.types = types;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The registered records, in the order of their registration. */
    public List<Class<? extends Record>> records() {
        return types.records();
    }

    /**
     * Encodes a message.
     *
     * @throws IllegalArgumentException if its type, or that of a record in it, is not registered
     */
    public byte[] encode(Record message) {
        RecordShape shape = types.shapeOf(message.getClass());
        ByteSink sink = new ByteSink(EXPECTED_SIZE);
        sink.putCount(shape.id());
        shape.writeComponents(sink, message);
        return sink.toByteArray();
    }

    /** Decodes the message that takes the whole of {@code bytes}. */
    public Record decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * Decodes the message that takes {@code length} bytes from {@code offset}. Does not keep the array.
     *
     * @throws CorruptException whatever else than one message is found there
     */
    public Record decode(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        ByteSource source = new ByteSource(bytes, offset, length);
        try {
            Record message = types.shapeOf(source.getCount()).readComponents(source);
            source.finish();
            return message;
        } catch (CorruptException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CorruptException("not a message: " + e, e);
        }
    }

    /** Collects the table of wire types. Ids are never negative and never used again for another type. */
    public static final class Builder {

        private final MessageTypes types = new MessageTypes();

        private Builder() {}

        /** Registers a record: a message, or a record that is part of one. */
        public Builder type(int id, Class<? extends Record> type) {
            types.add(id, type);
            return this;
        }

        /**
         * Says of a registered record that one part of a message after the other mostly has the same: each but the first takes a
         * byte then, and all are read as one object.
         */
        public Builder recurs(Class<? extends Record> type) {
            types.recurs(type);
            return this;
        }

        /** Registers a class that is not a record, or a record with a shorter form. Its null needs no treatment. */
        public <T> Builder scalar(int id, Class<T> type, Function<T, byte[]> toBytes, Function<byte[], T> fromBytes) {
            types.add(
                    id,
                    type,
                    new Slot.Nullable<T>(
                            (sink, value) -> sink.putBytes(value == null ? null : toBytes.apply(value)), source -> {
                                byte[] bytes = source.getBytes();
                                return bytes == null ? null : fromBytes.apply(bytes);
                            }));
            return this;
        }

        /**
         * Checks the table and returns its codec; the builder is not to be used again.
         *
         * @throws IllegalArgumentException if a record has a component whose type is not registered, naming it
         */
        public MessageCodec build() {
            types.freeze();
            return new MessageCodec(types);
        }
    }
}
