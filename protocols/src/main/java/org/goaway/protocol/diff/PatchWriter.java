package org.goaway.protocol.diff;

import java.util.Arrays;

/** Puts a patch together, from the start of what it makes to its end. Used once, by one thread. */
final class PatchWriter {

    private byte[] out = new byte[64];
    private int size;
    private long copied;
    private final int baseLength;
    private int from;
    private int count;
    private int expected;
    private byte[] fresh = new byte[64];
    private int freshSize;

    PatchWriter(int baseLength, int length) {
        this.baseLength = baseLength;
        number(baseLength);
        number(length);
    }

    /** Goes on with {@code count} bytes of the base. */
    void copy(int start, int bytes) {
        if (bytes == 0) {
            return;
        }
        if (freshSize == 0 && count > 0 && from + count == start) {
            count += bytes;
        } else {
            flush();
            from = start;
            count = bytes;
        }
        copied += bytes;
    }

    /** Makes room for {@code bytes} new ones and returns where in {@link #fresh()} they go. */
    int extend(int bytes) {
        if (fresh.length - freshSize < bytes) {
            fresh = Arrays.copyOf(fresh, Math.max(2 * fresh.length, Math.addExact(freshSize, bytes)));
        }
        freshSize += bytes;
        return freshSize - bytes;
    }

    byte[] fresh() {
        return fresh;
    }

    /** Goes on with new bytes. */
    void write(byte[] source, int start, int bytes) {
        int at = extend(bytes);
        System.arraycopy(source, start, fresh, at, bytes);
    }

    /** How large the patch is at least. */
    int size() {
        return size + freshSize;
    }

    /** Whether it copies more than a patch may. */
    boolean copiesTooMuch() {
        return copied > Patch.most(baseLength);
    }

    Patch toPatch() {
        flush();
        return Patch.of(Arrays.copyOf(out, size));
    }

    private void flush() {
        if (count == 0 && freshSize == 0) {
            return;
        }
        number(count);
        if (count > 0) {
            long skew = (long) from - expected;
            number((skew << 1) ^ (skew >> 63));
            expected = from + count;
        }
        number(freshSize);
        room(freshSize);
        System.arraycopy(fresh, 0, out, size, freshSize);
        size += freshSize;
        expected += freshSize;
        count = 0;
        freshSize = 0;
    }

    private void number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        out[size++] = (byte) rest;
    }

    private void room(int bytes) {
        if (out.length - size < bytes) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, Math.addExact(size, bytes)));
        }
    }
}
