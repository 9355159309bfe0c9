package org.goaway.internal.cluster.packing;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Items that leave chunk by chunk, one after the other. Guarded by its {@link Outbox}. */
final class LargeItems {

    private record Cut(Item item, long name, long after, int offset) {
        private Cut at(int other) {
            return new Cut(item, name, after, other);
        }

        private int size() {
            return Math.min(Packer.SLICE, item.payload().remaining() - offset);
        }
    }

    private final Deque<Cut> cuts = new ArrayDeque<>();
    private long bytes;

    boolean isEmpty() {
        return cuts.isEmpty();
    }

    /** What has not left of their payloads. */
    long bytes() {
        return bytes;
    }

    /** The item is to leave after so many frames. */
    void add(Item item, long name, long after) {
        cuts.add(new Cut(item, name, after, 0));
        bytes += item.payload().remaining();
    }

    /** Whether there is a next chunk, and so many frames were all that is to leave before it. */
    boolean mayLeaveAfter(long frames) {
        return !cuts.isEmpty() && cuts.element().after <= frames;
    }

    /** The next chunk, in a frame whose head is to be set. */
    byte[] frame() {
        Cut cut = cuts.element();
        Item chunk = Chunks.cut(cut.item, cut.name, cut.offset, Packer.SLICE);
        ByteBuffer bytes = ByteBuffer.allocate(Head.BYTES + chunk.size());
        chunk.writeTo(bytes.position(Head.BYTES));
        return bytes.array();
    }

    /** Goes on to the chunk after the next. */
    void advance() {
        Cut cut = cuts.element();
        int next = cut.offset + cut.size();
        Cut rest = next < cut.item.payload().remaining() ? cut.at(next) : null;
        cuts.remove();
        if (rest != null) {
            cuts.addFirst(rest);
        }
        bytes -= cut.size();
    }

    /** Goes back to the beginning of each item. */
    void restart() {
        for (int left = cuts.size(); left > 0; left--) {
            Cut cut = cuts.remove();
            bytes += cut.offset;
            cuts.add(cut.at(0));
        }
    }

    void clear() {
        cuts.clear();
        bytes = 0;
    }
}
