package org.goaway.protocol.diff;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What differs between arrays of primitives of different types. Bytes are in the order of the encodings, little end first. */
interface Elements {

    /** Bytes of an element. */
    int width();

    int length(Object array);

    Object copy(Object array);

    /** The first index in {@code from} to {@code to} where the two differ, counted from {@code from}; negative: none. */
    int mismatch(Object a, Object b, int from, int to);

    /** Whether the two differ at an index. */
    boolean differ(Object a, Object b, int at);

    void put(Object array, int from, int count, ByteBuffer out);

    void take(ByteBuffer in, Object array, int from, int count);

    /** Those of arrays of this class; null: it has none. */
    static Elements of(Class<?> type) {
        return type == double[].class
                ? new Doubles()
                : type == long[].class
                        ? new Longs()
                        : type == int[].class
                                ? new Ints()
                                : type == float[].class ? new Floats() : type == byte[].class ? new Bytes() : null;
    }

    /** Of the many NaNs one is written for all, as encodings do; -0.0 differs from 0.0. */
    final class Doubles implements Elements {
        @Override
        public int width() {
            return Double.BYTES;
        }

        @Override
        public int length(Object array) {
            return ((double[]) array).length;
        }

        @Override
        public Object copy(Object array) {
            return ((double[]) array).clone();
        }

        @Override
        public int mismatch(Object a, Object b, int from, int to) {
            return Arrays.mismatch((double[]) a, from, to, (double[]) b, from, to);
        }

        @Override
        public boolean differ(Object a, Object b, int at) {
            return Double.doubleToLongBits(((double[]) a)[at]) != Double.doubleToLongBits(((double[]) b)[at]);
        }

        @Override
        public void put(Object array, int from, int count, ByteBuffer out) {
            double[] elements = (double[]) array;
            for (int i = from; i < from + count; i++) {
                out.putLong(Double.doubleToLongBits(elements[i]));
            }
        }

        @Override
        public void take(ByteBuffer in, Object array, int from, int count) {
            in.asDoubleBuffer().get((double[]) array, from, count);
        }
    }

    final class Longs implements Elements {
        @Override
        public int width() {
            return Long.BYTES;
        }

        @Override
        public int length(Object array) {
            return ((long[]) array).length;
        }

        @Override
        public Object copy(Object array) {
            return ((long[]) array).clone();
        }

        @Override
        public int mismatch(Object a, Object b, int from, int to) {
            return Arrays.mismatch((long[]) a, from, to, (long[]) b, from, to);
        }

        @Override
        public boolean differ(Object a, Object b, int at) {
            return ((long[]) a)[at] != ((long[]) b)[at];
        }

        @Override
        public void put(Object array, int from, int count, ByteBuffer out) {
            out.asLongBuffer().put((long[]) array, from, count);
        }

        @Override
        public void take(ByteBuffer in, Object array, int from, int count) {
            in.asLongBuffer().get((long[]) array, from, count);
        }
    }

    final class Ints implements Elements {
        @Override
        public int width() {
            return Integer.BYTES;
        }

        @Override
        public int length(Object array) {
            return ((int[]) array).length;
        }

        @Override
        public Object copy(Object array) {
            return ((int[]) array).clone();
        }

        @Override
        public int mismatch(Object a, Object b, int from, int to) {
            return Arrays.mismatch((int[]) a, from, to, (int[]) b, from, to);
        }

        @Override
        public boolean differ(Object a, Object b, int at) {
            return ((int[]) a)[at] != ((int[]) b)[at];
        }

        @Override
        public void put(Object array, int from, int count, ByteBuffer out) {
            out.asIntBuffer().put((int[]) array, from, count);
        }

        @Override
        public void take(ByteBuffer in, Object array, int from, int count) {
            in.asIntBuffer().get((int[]) array, from, count);
        }
    }

    final class Floats implements Elements {
        @Override
        public int width() {
            return Float.BYTES;
        }

        @Override
        public int length(Object array) {
            return ((float[]) array).length;
        }

        @Override
        public Object copy(Object array) {
            return ((float[]) array).clone();
        }

        @Override
        public int mismatch(Object a, Object b, int from, int to) {
            return Arrays.mismatch((float[]) a, from, to, (float[]) b, from, to);
        }

        @Override
        public boolean differ(Object a, Object b, int at) {
            return Float.floatToIntBits(((float[]) a)[at]) != Float.floatToIntBits(((float[]) b)[at]);
        }

        @Override
        public void put(Object array, int from, int count, ByteBuffer out) {
            float[] elements = (float[]) array;
            for (int i = from; i < from + count; i++) {
                out.putInt(Float.floatToIntBits(elements[i]));
            }
        }

        @Override
        public void take(ByteBuffer in, Object array, int from, int count) {
            in.asFloatBuffer().get((float[]) array, from, count);
        }
    }

    final class Bytes implements Elements {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public int length(Object array) {
            return ((byte[]) array).length;
        }

        @Override
        public Object copy(Object array) {
            return ((byte[]) array).clone();
        }

        @Override
        public int mismatch(Object a, Object b, int from, int to) {
            return Arrays.mismatch((byte[]) a, from, to, (byte[]) b, from, to);
        }

        @Override
        public boolean differ(Object a, Object b, int at) {
            return ((byte[]) a)[at] != ((byte[]) b)[at];
        }

        @Override
        public void put(Object array, int from, int count, ByteBuffer out) {
            out.put((byte[]) array, from, count);
        }

        @Override
        public void take(ByteBuffer in, Object array, int from, int count) {
            in.get((byte[]) array, from, count);
        }
    }
}
