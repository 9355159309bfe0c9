package org.goaway.internal.cluster.packing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Packs items for one member into frames of at most {@value #FRAME} bytes, so that JGroups never has to cut them. An item
 * that does not fit into a frame is cut here. Guarded by its {@link Outbox}.
 */
final class Packer {

    /** A frame with its headers stays below the 60 K at which FRAG4 cuts. */
    static final int FRAME = 56 * 1024;

    /** The largest payload of a chunk's slice. */
    static final int SLICE = FRAME - Head.BYTES - Item.OVERHEAD - Chunks.HEADER;

    private final Consumer<byte[]> full;
    private ByteBuffer frame = ByteBuffer.allocate(1024);

    /** {@code full} takes each finished frame; its {@link Head} is set when it is written. */
    Packer(Consumer<byte[]> full) {
        this.full = full;
        clear();
    }

    void add(Item item, long name) {
        if (item.size() > FRAME - Head.BYTES) {
            for (int offset = 0; offset < item.payload().remaining(); offset += SLICE) {
                add(Chunks.cut(item, name, offset, SLICE), name);
            }
            return;
        }
        if (frame.position() + item.size() > FRAME) {
            flush();
        }
        if (frame.remaining() < item.size()) {
            int capacity = Math.min(FRAME, Math.max(2 * frame.capacity(), frame.position() + item.size()));
            frame = ByteBuffer.allocate(capacity).put(frame.flip());
        }
        item.writeTo(frame);
    }

    /** Hands out what has been packed, if anything. */
    void flush() {
        if (!isEmpty()) {
            full.accept(Arrays.copyOf(frame.array(), frame.position()));
            clear();
        }
    }

    boolean isEmpty() {
        return frame.position() == Head.BYTES;
    }

    private void clear() {
        frame.clear().position(Head.BYTES);
    }
}
