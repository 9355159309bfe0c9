package org.goaway.internal.output;

import java.io.ByteArrayOutputStream;

/** Bytes that await the end of their line. Not safe for several threads. */
final class LineBuffer {

    /** A longer line is cut here: a program that never ends its line must not fill the memory. */
    static final int LONGEST_LINE = 32 << 10;

    private static final int LONGEST_CHARACTER = 4;
    private static final int CONTINUES = 0x80;
    private static final int CONTINUES_MASK = 0xc0;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** Takes bytes, and moves all lines that have ended to {@code whole}. */
    void write(byte[] bytes, int from, int length, ByteArrayOutputStream whole) {
        int end = from + length;
        int start = from;
        for (int i = from; i < end; i++) {
            if (bytes[i] == '\n') {
                line.write(bytes, start, i + 1 - start);
                drainTo(whole);
                start = i + 1;
            } else if (isTooLong(line.size() + i - start, bytes[i])) {
                line.write(bytes, start, i - start);
                drainTo(whole);
                start = i;
            }
        }
        line.write(bytes, start, end - start);
    }

    /** A cut is between characters, unless that is no text at all. */
    private static boolean isTooLong(int length, byte next) {
        return length >= LONGEST_LINE
                && ((next & CONTINUES_MASK) != CONTINUES || length >= LONGEST_LINE + LONGEST_CHARACTER);
    }

    /** Moves what there is of an unfinished line to {@code whole}. */
    void drainTo(ByteArrayOutputStream whole) {
        whole.writeBytes(line.toByteArray());
        line.reset();
    }
}
