package org.goaway.protocol.diff;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.goaway.protocol.kit.Seeds;

/** Two arrays: the first is changed, the second and an encoding get the differences; in the end all are equal. */
final class ArrayScenario {

    /** Makes a twin of an array. */
    interface Maker {
        ArrayTwin make(Object live, int head);
    }

    private static final List<Class<?>> TYPES = List.of(double.class, long.class, int.class, float.class, byte.class);

    private final Random random;
    private final int head;
    private final Object here;
    private final Object there;
    private byte[] encoding;

    private ArrayScenario(long seed) {
        random = new Random(seed);
        head = random.nextInt(4);
        Class<?> type = TYPES.get(random.nextInt(TYPES.size()));
        int length = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(200);
        here = Array.newInstance(type, length);
        there = Array.newInstance(type, length);
    }

    static void run(Seeds.Run run, Maker maker) {
        new ArrayScenario(run.seed()).run(maker);
    }

    private void run(Maker maker) {
        ArrayTwin one = maker.make(here, head);
        ArrayTwin two = maker.make(there, head);
        encoding = encoded(here);
        for (int round = 0; round < 5; round++) {
            change();
            Optional<Patch> difference = one.difference();
            byte[] wanted = encoded(here);
            require(difference.isPresent() == !Arrays.equals(encoding, wanted), "a difference is told or not");
            if (difference.isPresent()) {
                encoding = difference.get().applyTo(encoding);
                require(two.apply(difference.get()), "the difference fits");
                require(one.apply(difference.get()), "the difference fits its own array");
            }
            require(Arrays.equals(encoding, wanted), "the encoding is what was changed");
            require(Arrays.equals(encoded(there), wanted), "the other array is what was changed");
            require(!one.isChanged() && !two.isChanged(), "nothing is left to tell");
        }
    }

    private void change() {
        int length = Array.getLength(here);
        for (int runs = random.nextInt(4); runs > 0 && length > 0; runs--) {
            int from = random.nextInt(length);
            int to = Math.min(length, from + 1 + random.nextInt(random.nextBoolean() ? 2 : 50));
            for (int i = from; i < to; i++) {
                set(i, random.nextInt(100));
            }
        }
    }

    private void set(int index, int value) {
        if (here instanceof byte[] bytes) {
            bytes[index] = (byte) value;
        } else if (here instanceof double[] doubles) {
            doubles[index] = value == 0 ? -0.0 : value == 1 ? Double.NaN : value;
        } else if (here instanceof float[] floats) {
            floats[index] = value == 0 ? -0.0f : value == 1 ? Float.NaN : value;
        } else if (here instanceof long[] longs) {
            longs[index] = ((long) value << 50) + value;
        } else {
            ((int[]) here)[index] = value << 24;
        }
    }

    private byte[] encoded(Object array) {
        Elements elements = Elements.of(array.getClass());
        byte[] bytes = new byte[head + Array.getLength(array) * elements.width()];
        elements.put(
                array,
                0,
                Array.getLength(array),
                ByteBuffer.wrap(bytes, head, bytes.length - head).slice().order(ByteOrder.LITTLE_ENDIAN));
        return bytes;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("not so: " + what);
        }
    }
}
