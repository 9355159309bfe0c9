package org.goaway.internal.cluster.packing;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.goaway.internal.wire.SizeLimit;

/**
 * Puts items together that came in several frames from one sender. Such an item travels as {@link Item.Kind#CHUNK}s whose
 * id names it and whose payload is total length, offset, kind, id of the item, then a slice of its payload. At most
 * {@value #MAX_OPEN} items are open at a time, all of one link of the sender's, which gives each
 * item another name. Guarded by itself: ordered and unordered frames may come on two threads.
 */
final class Chunks {

    /** Bytes of a chunk's payload before the slice. */
    static final int HEADER = Integer.BYTES + Integer.BYTES + Byte.BYTES + Long.BYTES;

    private static final int MAX_OPEN = 64;

    private final Map<Long, Open> open = new HashMap<>();
    private final IntFunction<byte[]> memory;
    private int link;

    /** {@code memory} gives a whole item its bytes. */
    Chunks(IntFunction<byte[]> memory) {
        this.memory = memory;
    }

    /** The chunk of {@code item} that begins at {@code offset} and holds at most {@code length} bytes. */
    static Item cut(Item item, long name, int offset, int length) {
        int size = Math.min(length, item.payload().remaining() - offset);
        ByteBuffer chunk = ByteBuffer.allocate(HEADER + size);
        chunk.putInt(item.payload().remaining())
                .putInt(offset)
                .put(item.kind().code())
                .putLong(item.id())
                .put(item.payload().slice(item.payload().position() + offset, size));
        return new Item(Item.Kind.CHUNK, name, chunk.flip());
    }

    /**
     * Takes a chunk; returns the whole item once its last byte is here. What is open of an earlier link will never be whole;
     * in a later stint an item comes from its beginning again.
     *
     * @param unheld takes what the memory cannot hold: the rest of its chunks is dropped
     */
    synchronized Optional<Item> add(Head head, Item chunk, Consumer<Unheld> unheld) {
        ByteBuffer payload = chunk.payload().duplicate();
        int total = payload.getInt();
        int offset = payload.getInt();
        Item.Kind kind = Item.Kind.of(payload.get());
        long id = payload.getLong();
        if (total < 0
                || total > SizeLimit.MESSAGE.bytes()
                || offset < 0
                || offset > total - payload.remaining()
                || kind == Item.Kind.CHUNK) {
            throw new IllegalArgumentException("a chunk at " + offset + " of " + total + " bytes, kind " + kind);
        }
        if (head.link() < link) {
            return Optional.empty();
        }
        if (head.link() > link) {
            link = head.link();
            open.clear();
        }
        Open whole = open.get(chunk.id());
        if (whole != null && whole.stint > head.stint()) {
            return Optional.empty();
        }
        if (whole == null || whole.stint < head.stint()) {
            if (whole == null && open.size() == MAX_OPEN) {
                throw new IllegalArgumentException("more than " + MAX_OPEN + " large messages at once");
            }
            whole = new Open(head.stint(), total);
            open.put(chunk.id(), whole);
            try {
                whole.bytes = memory.apply(total);
            } catch (OutOfMemoryError e) {
                unheld.accept(new Unheld(kind, id, total, e));
            }
        }
        if (whole.total != total) {
            throw new IllegalArgumentException("a chunk of " + total + " bytes for an item of " + whole.total);
        }
        whole.missing -= payload.remaining();
        if (whole.bytes != null) {
            payload.get(whole.bytes, offset, payload.remaining());
        }
        if (whole.missing > 0) {
            return Optional.empty();
        }
        open.remove(chunk.id());
        return Optional.ofNullable(whole.bytes).map(bytes -> Item.of(kind, id, bytes));
    }

    private static final class Open {
        private final int stint;
        private final int total;
        private int missing;
        /** Null: the memory cannot hold it. */
        private byte[] bytes;

        private Open(int stint, int total) {
            this.stint = stint;
            this.total = total;
            this.missing = total;
        }
    }
}
