package org.goaway.internal.wire;

import java.util.Arrays;
import java.util.Random;

/** Damages bytes as networks, disks and attackers may: flips, extreme values, cuts, repeats, noise. */
public final class Mutations {

    private static final byte[] EXTREMES = {0, 1, 0x7F, (byte) 0x80, (byte) 0xFF};

    private Mutations() {}

    /** A damaged copy of {@code bytes}; the same for the same state of {@code random}. */
    public static byte[] of(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        int damages = 1 + random.nextInt(3);
        for (int i = 0; i < damages && damaged.length > 0; i++) {
            damaged = once(damaged, random);
        }
        return damaged;
    }

    private static byte[] once(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> bytes[at] = EXTREMES[random.nextInt(EXTREMES.length)];
            case 3 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 4 -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(8));
                System.arraycopy(bytes, at, longer, at + longer.length - bytes.length, bytes.length - at);
                return longer;
            }
            default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) -1);
        }
        return bytes;
    }
}
