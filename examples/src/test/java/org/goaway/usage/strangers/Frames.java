package org.goaway.usage.strangers;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What members have sent, and what is made of it by chance. One thread at a time. */
final class Frames {

    private static final int MOST_GARBAGE = 2_000;
    private static final int HEAD = 96;

    private final List<byte[]> recorded;
    private final Random random;

    Frames(List<byte[]> recorded, long seed) {
        if (recorded.isEmpty()) {
            throw new IllegalArgumentException("nothing was recorded");
        }
        this.recorded = List.copyOf(recorded);
        this.random = new Random(seed);
    }

    /** One of them, or nearly. */
    byte[] next() {
        byte[] frame = recorded.get(random.nextInt(recorded.size())).clone();
        return switch (random.nextInt(8)) {
            case 0 -> frame;
            case 1, 2 -> flipped(frame);
            case 3 -> Arrays.copyOf(frame, random.nextInt(frame.length + 1));
            case 4, 5 -> withLength(frame);
            case 6 -> random.nextBoolean() ? joined(garbage(), frame) : joined(frame, garbage());
            default -> garbage();
        };
    }

    private byte[] flipped(byte[] frame) {
        for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
            frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return frame;
    }

    /** With a number somewhere that would be one where a length is. */
    private byte[] withLength(byte[] frame) {
        int[] lengths = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0x0FFF_FFFF, 1 << 24, 0};
        if (frame.length > Integer.BYTES) {
            int at = random.nextInt(Math.min(HEAD, frame.length - Integer.BYTES));
            ByteBuffer.wrap(frame).putInt(at, lengths[random.nextInt(lengths.length)]);
        }
        return frame;
    }

    private byte[] garbage() {
        byte[] garbage = new byte[random.nextInt(MOST_GARBAGE)];
        random.nextBytes(garbage);
        return garbage;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
