package org.goaway.protocol.diff;

import java.util.Arrays;
import java.util.Random;

/** Encodings and edits of them from a seed: few different bytes or many, short or long, edited in place, longer, shorter, moved. */
final class RandomBytes {

    private final Random random;

    RandomBytes(long seed) {
        random = new Random(seed);
    }

    byte[] bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        int kinds = random.nextBoolean() ? 256 : 1 + random.nextInt(3);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(kinds);
        }
        return bytes;
    }

    byte[] edited(byte[] base) {
        byte[] next = base.clone();
        for (int edits = random.nextInt(6); edits > 0; edits--) {
            next = edit(next);
        }
        return next;
    }

    private byte[] edit(byte[] base) {
        int at = random.nextInt(base.length + 1);
        int count = Math.min(random.nextInt(20), base.length - at);
        return switch (random.nextInt(4)) {
            case 0 -> {
                byte[] next = base.clone();
                System.arraycopy(fresh(count), 0, next, at, count);
                yield next;
            }
            case 1 -> joined(Arrays.copyOf(base, at), fresh(random.nextInt(20)), rest(base, at));
            case 2 -> joined(Arrays.copyOf(base, at), new byte[0], rest(base, at + count));
            default -> joined(rest(base, at), new byte[0], Arrays.copyOf(base, at));
        };
    }

    private byte[] fresh(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] rest(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static byte[] joined(byte[] a, byte[] b, byte[] c) {
        byte[] all = Arrays.copyOf(a, a.length + b.length + c.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        System.arraycopy(c, 0, all, a.length + b.length, c.length);
        return all;
    }
}
