package org.goaway.internal.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.goaway.internal.wire.form.Writer;
import org.goaway.internal.wire.value.CorruptException;
import org.goaway.internal.wire.value.Strings;

/**
 * The short form of values that are a single scalar or a plain array: one byte and the raw content. The byte's lowest bits
 * are 7, a wire type that no protostuff message starts with, so the two forms never clash.
 */
final class TopLevel {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte[] EMPTY = {};

    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int INT = 3;
    private static final int LONG_NUMBER = 4;
    private static final int DOUBLE = 5;
    private static final int STRING = 6;
    private static final int BYTES = 7;
    private static final int DOUBLES = 8;

    private TopLevel() {}

    private static byte head(int kind) {
        return (byte) (kind << 3 | 7);
    }

    /** Whether {@code bytes} are such a form. */
    static boolean isShort(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] & 7) == 7;
    }

    /**
     * The short form; null if {@code value} has none.
     *
     * @param stored whether equal arrays have equal forms, so that of the many NaNs one is written for all
     */
    static byte[] encode(Object value, boolean stored) {
        if (value == null) {
            return ofRaw(NULL, EMPTY);
        } else if (value instanceof Long number) {
            return ofNumber(LONG_NUMBER, number);
        } else if (value instanceof Integer number) {
            return ofNumber(INT, number);
        } else if (value instanceof String text) {
            byte[] utf8 = Strings.utf8(text);
            return utf8 == null || utf8.length >= Writer.LARGEST ? null : ofRaw(STRING, utf8);
        } else if (value instanceof Boolean flag) {
            return ofRaw(flag ? TRUE : FALSE, EMPTY);
        } else if (value instanceof Double number) {
            byte[] bytes = ofRaw(DOUBLE, new byte[8]);
            LONG.set(bytes, 1, Double.doubleToLongBits(number));
            return bytes;
        } else if (value instanceof byte[] array) {
            return array.length < Writer.LARGEST ? ofRaw(BYTES, array) : null;
        }
        return value instanceof double[] array && array.length < Writer.LARGEST / 8 ? ofDoubles(array, stored) : null;
    }

    private static byte[] ofRaw(int kind, byte[] raw) {
        byte[] bytes = new byte[1 + raw.length];
        bytes[0] = head(kind);
        System.arraycopy(raw, 0, bytes, 1, raw.length);
        return bytes;
    }

    private static byte[] ofNumber(int kind, long value) {
        long rest = (value << 1) ^ (value >> 63);
        int size = Math.max(1, (70 - Long.numberOfLeadingZeros(rest)) / 7);
        byte[] bytes = new byte[1 + size];
        bytes[0] = head(kind);
        for (int i = 1; i < size; i++) {
            bytes[i] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size] = (byte) rest;
        return bytes;
    }

    private static byte[] ofDoubles(double[] array, boolean stored) {
        byte[] bytes = new byte[1 + 8 * array.length];
        bytes[0] = head(DOUBLES);
        contentOf(bytes).put(array);
        for (int i = 0; stored && i < array.length; i++) {
            if (Double.isNaN(array[i])) {
                LONG.set(bytes, 1 + 8 * i, Double.doubleToLongBits(Double.NaN));
            }
        }
        return bytes;
    }

    /** All at once: as fast as memory is copied. */
    private static DoubleBuffer contentOf(byte[] bytes) {
        return ByteBuffer.wrap(bytes, 1, bytes.length - 1)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer();
    }

    static Object decode(byte[] bytes) {
        int kind = (bytes[0] & 0xFF) >>> 3;
        return switch (kind) {
            case NULL -> sized(bytes, 1, null);
            case FALSE -> sized(bytes, 1, false);
            case TRUE -> sized(bytes, 1, true);
            case INT -> toInt(toLong(bytes));
            case LONG_NUMBER -> toLong(bytes);
            case DOUBLE -> Double.longBitsToDouble((long) LONG.get(sized(bytes, 9, bytes), 1));
            case STRING -> new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
            case BYTES -> Arrays.copyOfRange(bytes, 1, bytes.length);
            case DOUBLES -> toDoubles(bytes);
            default -> throw new CorruptException("no short form has the number " + kind);
        };
    }

    private static <T> T sized(byte[] bytes, int size, T result) {
        if (bytes.length != size) {
            throw new CorruptException("a scalar of " + bytes.length + " bytes");
        }
        return result;
    }

    private static int toInt(long value) {
        if (value != (int) value) {
            throw new CorruptException("an int of " + value);
        }
        return (int) value;
    }

    private static long toLong(byte[] bytes) {
        long value = 0;
        for (int i = 1; i < bytes.length && i <= 10; i++) {
            value |= (bytes[i] & 0x7FL) << (7 * (i - 1));
            if (bytes[i] >= 0) {
                return sized(bytes, i + 1, (value >>> 1) ^ -(value & 1));
            }
        }
        throw new CorruptException("a number without an end");
    }

    private static double[] toDoubles(byte[] bytes) {
        double[] array = new double[bytes.length / 8];
        sized(bytes, 8 * array.length + 1, array);
        contentOf(bytes).get(array);
        return array;
    }
}
