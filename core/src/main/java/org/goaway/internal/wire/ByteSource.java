package org.goaway.internal.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.goaway.internal.wire.value.CorruptException;

/** Reads back what a {@link ByteSink} holds; never past the end, never more than is there. Used by one thread. */
final class ByteSource {

    /** How deep messages may nest: far more than any does, far less than a stack takes. */
    private static final int MAX_DEPTH = 200;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final Object[] NONE = {};

    private final byte[] bytes;
    private final int end;
    private int position;
    private int depth;
    /** The last value of each {@link Slot.Recurring}. */
    private Object[] last = NONE;

    ByteSource(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    int remaining() {
        return end - position;
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw new CorruptException("a message nests deeper than " + MAX_DEPTH);
        }
    }

    void leave() {
        depth--;
    }

    /** What was last remembered at this place. */
    Object last(int place) {
        if (place >= last.length || last[place] == null) {
            throw new CorruptException("a record that is the same as the last one is the first");
        }
        return last[place];
    }

    Object remember(int place, Object value) {
        if (place >= last.length) {
            last = Arrays.copyOf(last, place + 1);
        }
        last[place] = value;
        return value;
    }

    private int advance(int count) {
        if (count < 0 || count > end - position) {
            throw new CorruptException("a message ends " + (count - (long) remaining()) + " bytes too early");
        }
        int start = position;
        position += count;
        return start;
    }

    byte getByte() {
        return bytes[advance(1)];
    }

    boolean getBoolean() {
        byte value = getByte();
        if (value >>> 1 != 0) {
            throw new CorruptException("a boolean of " + value);
        }
        return value != 0;
    }

    int getCount() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = getByte();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new CorruptException("a number of more than five bytes");
    }

    int getInt() {
        int value = getCount();
        return (value >>> 1) ^ -(value & 1);
    }

    short getShort() {
        int value = getInt();
        if (value != (short) value) {
            throw new CorruptException("a short of " + value);
        }
        return (short) value;
    }

    char getChar() {
        int value = getCount();
        if (value != (char) value) {
            throw new CorruptException("a char of " + value);
        }
        return (char) value;
    }

    long getLong() {
        long value = 0;
        for (int shift = 0; shift < 56; shift += 7) {
            byte next = getByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        value |= (getByte() & 0xFFL) << 56;
        return (value >>> 1) ^ -(value & 1);
    }

    float getFloat() {
        return Float.intBitsToFloat((int) INT.get(bytes, advance(4)));
    }

    double getDouble() {
        return Double.longBitsToDouble((long) LONG.get(bytes, advance(8)));
    }

    byte[] getBytes() {
        int header = getCount();
        if (header == 0) {
            return null;
        }
        int start = advance(header - 1);
        return Arrays.copyOfRange(bytes, start, position);
    }

    String getString() {
        int header = getCount();
        if (header == 0) {
            return null;
        } else if ((header & 1) == 1) {
            int start = advance(header >>> 1);
            return new String(bytes, start, position - start, StandardCharsets.UTF_8);
        }
        int length = (header >>> 1) - 1;
        int start = advance(length > remaining() / 2 ? Integer.MAX_VALUE : 2 * length);
        char[] chars = new char[length];
        for (int i = 0; i < length; i++) {
            chars[i] = (char) (bytes[start + 2 * i] << 8 | (bytes[start + 2 * i + 1] & 0xFF));
        }
        return new String(chars);
    }

    /** A number of elements, each of which takes a byte at least; -1 stands for null. */
    int getSize() {
        int size = getCount() - 1;
        if (size < -1 || size > remaining()) {
            throw new CorruptException("a message announces " + size + " elements in " + remaining() + " bytes");
        }
        return size;
    }

    /** Confirms that everything was read. */
    void finish() {
        if (position != end) {
            throw new CorruptException("a message is followed by " + remaining() + " bytes that are not part of it");
        }
    }
}
