package org.goaway.internal.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array that numbers and strings are appended to. Used by one thread. */
final class ByteSink {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The longest string that is tried as ASCII character by character, which beats an intermediate array. */
    private static final int SHORT_STRING = 64;

    /** Larger ones grow by an eighth: a second array of twice the size may be more than the memory has. */
    private static final int MOST_DOUBLED = 1 << 20;

    /** The longest array that the Java virtual machine makes. */
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private static final Object[] NONE = {};

    private byte[] bytes;
    private int size;
    /** The last value of each {@link Slot.Recurring}. */
    private Object[] last = NONE;

    ByteSink(int expected) {
        bytes = new byte[expected];
    }

    int size() {
        return size;
    }

    /** What was last remembered at this place; null: nothing. */
    Object last(int place) {
        return place < last.length ? last[place] : null;
    }

    void remember(int place, Object value) {
        if (place >= last.length) {
            last = Arrays.copyOf(last, place + 1);
        }
        last[place] = value;
    }

    byte[] toByteArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void reserve(int count) {
        if (bytes.length - size < count) {
            int needed = Math.addExact(size, count);
            int slack = Math.max(Math.min(needed, MOST_DOUBLED), needed / 8);
            bytes = Arrays.copyOf(bytes, Math.min(slack, MOST_BYTES - needed) + needed);
        }
    }

    void putByte(byte value) {
        reserve(1);
        bytes[size++] = value;
    }

    void putBoolean(boolean value) {
        putByte((byte) (value ? 1 : 0));
    }

    /** A number that is rarely negative, in 1 to 5 bytes. */
    void putCount(int value) {
        reserve(5);
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void putInt(int value) {
        putCount((value << 1) ^ (value >> 31));
    }

    void putShort(short value) {
        putInt(value);
    }

    void putChar(char value) {
        putCount(value);
    }

    /** Seven bits a byte, sign last; the ninth byte holds eight, so that random numbers take 9 bytes and not 10. */
    void putLong(long value) {
        reserve(9);
        long rest = (value << 1) ^ (value >> 63);
        for (int i = 0; i < 8; i++) {
            if ((rest & ~0x7FL) == 0) {
                bytes[size++] = (byte) rest;
                return;
            }
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void putFloat(float value) {
        reserve(4);
        INT.set(bytes, size, Float.floatToRawIntBits(value));
        size += 4;
    }

    void putDouble(double value) {
        reserve(8);
        LONG.set(bytes, size, Double.doubleToRawLongBits(value));
        size += 8;
    }

    void putBytes(byte[] value) {
        if (value == null) {
            putCount(0);
            return;
        }
        putCount(value.length + 1);
        putRaw(value);
    }

    private void putRaw(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    /** Null is 0; else twice the length in bytes and one more, then UTF-8; even numbers announce UTF-16. */
    void putString(String value) {
        if (value == null) {
            putCount(0);
        } else if (value.length() > SHORT_STRING || !putAscii(value)) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            if (new String(utf8, StandardCharsets.UTF_8).equals(value)) {
                putCount(2 * utf8.length + 1);
                putRaw(utf8);
            } else {
                putCount(2 * value.length() + 2);
                for (int i = 0; i < value.length(); i++) {
                    putByte((byte) (value.charAt(i) >> 8));
                    putByte((byte) value.charAt(i));
                }
            }
        }
    }

    private boolean putAscii(String value) {
        int length = value.length();
        reserve(length + 5);
        int start = size;
        putCount(2 * length + 1);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                size = start;
                return false;
            }
            bytes[size++] = (byte) c;
        }
        return true;
    }
}
