package org.goaway.protocol.diff;

/** Goes through a patch edit by edit; trusts nothing. */
final class PatchReader {

    private final byte[] bytes;
    private final int baseLength;
    private final int length;
    private int position;
    private long expected;
    private int from;
    private int copied;
    private long skew;
    private int freshAt;
    private int fresh;

    PatchReader(byte[] bytes) {
        this.bytes = bytes;
        this.baseLength = count();
        this.length = count();
    }

    int baseLength() {
        return baseLength;
    }

    int length() {
        return length;
    }

    /** Reads the next edit; false: there is none. */
    boolean next() {
        if (position == bytes.length) {
            return false;
        }
        copied = count();
        skew = 0;
        if (copied > 0) {
            long told = number();
            skew = (told >>> 1) ^ -(told & 1);
        }
        long start = expected + skew;
        if (copied > 0 && (start < 0 || start + copied > baseLength)) {
            throw new IllegalArgumentException(
                    "a patch that copies " + copied + " bytes from " + start + " of " + baseLength);
        }
        from = copied == 0 ? 0 : (int) start;
        fresh = count();
        freshAt = position;
        if (fresh > bytes.length - position || copied + fresh == 0) {
            throw new IllegalArgumentException("a patch that tells of " + fresh + " bytes where there are not as many");
        }
        position += fresh;
        expected = start + copied + fresh;
        return true;
    }

    int from() {
        return from;
    }

    int copied() {
        return copied;
    }

    /** How far the copied stretch is from where the base would go on. */
    long skew() {
        return skew;
    }

    int freshAt() {
        return freshAt;
    }

    int fresh() {
        return fresh;
    }

    private int count() {
        long number = number();
        if (number > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a patch with a count of " + number);
        }
        return (int) number;
    }

    private long number() {
        long number = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (position == bytes.length) {
                break;
            }
            byte next = bytes[position++];
            number |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("a patch with a number without an end");
    }
}
