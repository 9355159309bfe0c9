package org.goaway.internal.cluster.packing;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** What this node keeps about one other member's traffic: the way out, and what has come in. Safe for any thread. */
public final class Link implements AutoCloseable {

    /** After so many bytes a report is due even if there is nothing else to say. */
    private static final long REPORT_EVERY = Outbox.WINDOW / 4;

    private final Outbox outbox;
    private final Pace pace = new Pace(System.nanoTime());
    private final Chunks chunks;
    private final AtomicReference<Received> received = new AtomicReference<>(Received.NOTHING);

    /** What is below. */
    @FunctionalInterface
    public interface Wire {
        /** Puts a frame on the wire; may block unless {@code direct}. Throws only if it has surely not taken the frame. */
        void write(byte[] frame, boolean unordered, boolean direct);

        /** The other side says that it has got more of the frames. */
        default void arrived() {}
    }

    /** Starts the link's sending thread. */
    public Link(String threadName, Wire wire) {
        this(threadName, wire, byte[]::new);
    }

    Link(String threadName, Wire wire, IntFunction<byte[]> memory) {
        this.chunks = new Chunks(memory);
        this.outbox = new Outbox(threadName, wire, received::get);
    }

    /** Adds an item to the frame that the next {@link #flush} sends. False: too much waits already; it was dropped. */
    public boolean add(Item item, boolean unordered) {
        boolean added = outbox.add(item, unordered);
        pace.added();
        return added;
    }

    /** When what has been added should leave, so that many in a row share frames; in the past where it should at once. */
    public long due() {
        return pace.free();
    }

    /** Whether the caller is to {@link #flush} when it is {@link #due()}, unless {@link #hasWaited()} tells otherwise. */
    public boolean await() {
        return pace.await();
    }

    /** Ends what {@link #await()} began; whether something still waits to leave. */
    public boolean hasWaited() {
        return pace.hasWaited();
    }

    /** Sends what was added. Never blocks. */
    public void flush() {
        pace.flushed(System.nanoTime()); // before the rest: what is added from now on is taken, or waits anew
        outbox.flush();
    }

    /** Tells the other side how much has come, unless something is leaving anyway. Never blocks. */
    public void report() {
        outbox.report();
    }

    /** Bytes that wait to be written. */
    public long queued() {
        return outbox.queued();
    }

    /** Bytes that wait and are bounded together with an item of so many: those of large items, or those of the others. */
    public long queued(int bytes) {
        return outbox.queued(bytes);
    }

    /**
     * Takes a frame apart.
     *
     * @param unheld takes what comes in several frames and is too large for the memory, once
     * @return whether a {@link #report} is due
     * @throws RuntimeException if the frame makes no sense; items before the fault have been handed out
     */
    public boolean take(ByteBuffer frame, Consumer<Item> items, Consumer<Unheld> unheld) {
        int bytes = frame.remaining();
        Head head = Head.readFrom(frame);
        Received before = received.getAndUpdate(so -> so.with(head, bytes));
        boolean lost = before.isLostBy(head);
        outbox.onHead(head, lost);
        while (frame.hasRemaining()) {
            Item item = Item.readFrom(frame);
            if (item.kind() == Item.Kind.CHUNK) {
                chunks.add(head, item, unheld).ifPresent(items);
            } else {
                items.accept(item);
            }
        }
        return lost || before.with(head, bytes).bytes() / REPORT_EVERY > before.bytes() / REPORT_EVERY;
    }

    /** Drops what waits and ends the thread. */
    @Override
    public void close() {
        outbox.close();
    }
}
