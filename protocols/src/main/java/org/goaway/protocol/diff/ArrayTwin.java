package org.goaway.protocol.diff;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A live array of primitives and its twin, which has what all members have. What differs was changed here. The array's
 * encoding is a head of a fixed length, then the elements. Not safe for several threads, but for whoever uses the live array.
 */
public class ArrayTwin {

    private final Elements elements;
    private final Object live;
    private final Object twin;
    private final int head;
    private final int length;

    /**
     * @param live of one of the types that {@link #isPossible}
     * @param head how many bytes of the encoding come before the elements
     */
    public ArrayTwin(Object live, int head) {
        this.elements = Elements.of(live.getClass());
        this.live = live;
        this.twin = elements.copy(live);
        this.head = head;
        this.length = elements.length(live);
    }

    /** Whether arrays of this class can have a twin. */
    public static boolean isPossible(Class<?> type) {
        return Elements.of(type) != null;
    }

    /** How many bytes an element of such an array takes. */
    public static int widthOf(Class<?> type) {
        return Elements.of(type).width();
    }

    /** The array that the program reads and writes. */
    public Object live() {
        return live;
    }

    /** The number of elements. */
    protected int length() {
        return length;
    }

    /** The length of the array's encoding. */
    public int encodedLength() {
        return head + length * elements.width();
    }

    /** Whether the live array differs from the twin. */
    public boolean isChanged() {
        return elements.mismatch(live, twin, 0, length) >= 0;
    }

    /** Whether the change is of all elements or nearly all, so that the array itself is the shortest way to tell it. */
    public boolean isChangedThroughout() {
        return length > 0 && nextChange(0) == 0 && endOfRun(0) == length;
    }

    /** Whether the live array has nothing but zeros. */
    public boolean isZero() {
        Object zeros = Array.newInstance(live.getClass().getComponentType(), length);
        return elements.mismatch(live, zeros, 0, length) < 0;
    }

    /**
     * What was changed, as runs of elements, found by comparing all once. Empty: nothing.
     *
     * @throws ArithmeticException if the array's encoding is longer than an array can be
     */
    public Optional<Patch> difference() {
        int from = nextChange(0);
        if (from == length) {
            return Optional.empty();
        }
        int width = elements.width();
        PatchWriter writer = new PatchWriter(encodedLength(), encodedLength());
        int copied = 0;
        while (from < length) {
            int to = endOfRun(from);
            writer.copy(copied, head + from * width - copied);
            int at = writer.extend((to - from) * width);
            elements.put(live, from, to - from, buffer(writer.fresh(), at, (to - from) * width));
            copied = head + to * width;
            from = nextChange(to);
        }
        writer.copy(copied, encodedLength() - copied);
        return Optional.of(writer.toPatch());
    }

    /** The first changed element from {@code from} on; the length if there is none. */
    protected int nextChange(int from) {
        int found = elements.mismatch(live, twin, from, length);
        return found < 0 ? length : from + found;
    }

    /** Where a run of changed elements ends; a gap that costs less than beginning another run belongs to it. */
    protected int endOfRun(int from) {
        int gap = 4 / elements.width();
        int end = from + 1;
        for (int i = end; i < length && i - end <= gap; i++) {
            if (elements.differ(live, twin, i)) {
                end = i + 1;
            }
        }
        return end;
    }

    /** Applies a change of the encoding to the live array and the twin, element by element. Returns whether it could. */
    public boolean apply(Patch patch) {
        if (!patch.isInPlace()
                || patch.length() != encodedLength()
                || patch.first().orElse(head) < head) {
            return false;
        }
        patch.runs(this::overwrite);
        return true;
    }

    private void overwrite(int at, byte[] source, int from, int count) {
        if (count == 0) {
            return;
        }
        int width = elements.width();
        int first = (at - head) / width;
        int some = (at - head + count - 1) / width - first + 1;
        byte[] covered = new byte[some * width];
        elements.put(twin, first, some, buffer(covered, 0, covered.length));
        System.arraycopy(source, from, covered, at - head - first * width, count);
        elements.take(buffer(covered, 0, covered.length), twin, first, some);
        elements.take(buffer(covered, 0, covered.length), live, first, some);
    }

    /** Gives the live array and the twin the elements of an encoding of this length. */
    public void fill(byte[] encoding) {
        if (encoding.length != encodedLength()) {
            throw new IllegalArgumentException(encoding.length + " bytes for an array of " + encodedLength());
        }
        int bytes = encoding.length - head;
        elements.take(buffer(encoding, head, bytes), twin, 0, length);
        elements.take(buffer(encoding, head, bytes), live, 0, length);
    }

    /** Gives the live array and the twin the elements of a new array. */
    public void clear() {
        Object zeros = Array.newInstance(live.getClass().getComponentType(), length);
        System.arraycopy(zeros, 0, twin, 0, length);
        System.arraycopy(zeros, 0, live, 0, length);
    }

    /** Takes back what was changed. */
    public void rollBack() {
        System.arraycopy(twin, 0, live, 0, length);
    }

    private static ByteBuffer buffer(byte[] bytes, int from, int count) {
        return ByteBuffer.wrap(bytes, from, count).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
