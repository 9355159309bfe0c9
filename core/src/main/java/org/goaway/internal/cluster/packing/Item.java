package org.goaway.internal.cluster.packing;

import java.nio.ByteBuffer;

/**
 * One thing that a frame carries.
 *
 * @param kind what it is
 * @param id pairs a request with its answer; 0 for a plain message
 * @param payload the encoded message, or whether a refused request was not done and the reason in UTF-8
 */
public record Item(Kind kind, long id, ByteBuffer payload) {

    /** What an item is. */
    public enum Kind {
        MESSAGE(1),
        REQUEST(2),
        ANSWER(3),
        REFUSAL(4),
        /** A slice of an item that is too large for one frame: see {@link Chunks}. */
        CHUNK(5);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        byte code() {
            return code;
        }

        static Kind of(byte code) {
            return switch (code) {
                case 1 -> MESSAGE;
                case 2 -> REQUEST;
                case 3 -> ANSWER;
                case 4 -> REFUSAL;
                case 5 -> CHUNK;
                default -> throw new IllegalArgumentException("no item of kind " + code);
            };
        }
    }

    /** Bytes that an item takes in a frame beside its payload. */
    static final int OVERHEAD = Byte.BYTES + Long.BYTES + Integer.BYTES;

    /** An item with this payload, which is not copied. */
    public static Item of(Kind kind, long id, byte[] payload) {
        return new Item(kind, id, ByteBuffer.wrap(payload));
    }

    int size() {
        return OVERHEAD + payload.remaining();
    }

    void writeTo(ByteBuffer frame) {
        frame.put(kind.code()).putLong(id).putInt(payload.remaining()).put(payload.duplicate());
    }

    /** Reads the next item of a frame; its payload is a slice of the frame, not a copy. */
    static Item readFrom(ByteBuffer frame) {
        Kind kind = Kind.of(frame.get());
        long id = frame.getLong();
        int length = frame.getInt();
        if (length < 0 || length > frame.remaining()) {
            throw new IllegalArgumentException(
                    "an item of " + length + " bytes where " + frame.remaining() + " remain");
        }
        ByteBuffer payload = frame.slice(frame.position(), length);
        frame.position(frame.position() + length);
        return new Item(kind, id, payload);
    }
}
