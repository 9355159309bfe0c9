package org.goaway.internal.cluster.packing;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * What is on its way to one member. Frames leave in the order in which they were filled; items over {@value #LARGE} bytes
 * leave chunk by chunk behind them, so a small message waits for one chunk at most; of many frames, every
 * {@value #FRAMES_A_CHUNK} let one chunk go first.
 *
 * <p>Writing to JGroups can block (flow control, a full socket, a connection being made), and the event loop must not.
 * So a frame is written by the thread that fills it only if it cannot block: nothing else is under way, the addressee has
 * answered before, and with this frame at most {@value #WINDOW} bytes of ours have not been reported as received, which
 * the socket's buffers hold. Everything else is left to this member's own thread, {@code goaway-send-…}. One write that
 * took long in spite of all that closes the short cut until the next report.
 *
 * <p>Safe for any thread.
 */
final class Outbox implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(Outbox.class);

    static final int LARGE = 1 << 20;
    static final int WINDOW = 128 * 1024;
    private static final long LIMIT = 256L << 20;
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** So that a stream of small messages does not hold large ones back for ever. */
    static final int FRAMES_A_CHUNK = 8;

    private static final class Frame {
        private final byte[] bytes;
        private final boolean unordered;

        private Frame(byte[] bytes, boolean unordered) {
            this.bytes = bytes;
            this.unordered = unordered;
        }
    }

    private record Cut(Item item, long name, int offset) {}

    private final Thread sender;
    private final Link.Wire wire;
    private final LongSupplier received;
    private final Packer ordered = new Packer(frame -> queue(new Frame(frame, false)));
    private final Packer unordered = new Packer(frame -> queue(new Frame(frame, true)));
    private final Queue<Frame> frames = new ArrayDeque<>();
    private final Deque<Cut> large = new ArrayDeque<>();
    private int framesInARow;
    private long names;
    private long queued;
    private boolean writing;
    private boolean overfull;
    private boolean closed;
    private long sent;
    private long reported;
    private boolean slow;

    /** {@code received} tells how many bytes of the addressee's frames have come here. */
    Outbox(String threadName, Link.Wire wire, LongSupplier received) {
        this.wire = wire;
        this.received = received;
        sender = new Thread(this::run, threadName);
        sender.setDaemon(true);
        sender.start();
    }

    /** Adds an item to the frame that the next {@link #flush} sends. False: too much waits already; it was dropped. */
    boolean add(Item item, boolean anyOrder) {
        synchronized (this) {
            if (closed || (queued > 0 && queued + item.size() > LIMIT)) { // the largest leaves when nothing else waits
                if (!overfull && !closed) {
                    overfull = true;
                    LOG.warn("{}: {} bytes wait; messages are dropped until they leave", sender.getName(), queued);
                }
                return false;
            }
            names++;
            if (item.size() > LARGE) {
                queued += item.payload().remaining();
                large.add(new Cut(item, names, 0));
            } else {
                (anyOrder ? unordered : ordered).add(item, names);
            }
            return true;
        }
    }

    /** Sends what was added. Never blocks. */
    void flush() {
        Frame direct;
        synchronized (this) {
            ordered.flush();
            unordered.flush();
            direct = takeDirect();
        }
        while (direct != null) {
            direct = writeDirect(direct);
        }
    }

    /** Sends a report of what has come, unless something is leaving anyway. */
    void report() {
        synchronized (this) {
            if (!writing && frames.isEmpty() && large.isEmpty()) {
                queue(new Frame(Packer.empty(), true));
            }
        }
        flush();
    }

    /** The addressee has received this many bytes of ours in all. */
    synchronized void onReport(long bytes) {
        if (bytes > reported) {
            reported = bytes;
            slow = false;
        }
    }

    /** Bytes that wait to be written. */
    synchronized long queued() {
        return queued;
    }

    private void queue(Frame frame) {
        queued += frame.bytes.length;
        frames.add(frame);
    }

    private Frame takeDirect() {
        if (closed || writing) {
            return null;
        }
        if (frames.isEmpty() || !large.isEmpty() || reported == 0 || slow || sent + queued - reported > WINDOW) {
            if (!frames.isEmpty() || !large.isEmpty()) {
                notifyAll();
            }
            return null;
        }
        return take();
    }

    private Frame take() {
        writing = true;
        boolean chunk = !large.isEmpty() && (frames.isEmpty() || framesInARow >= FRAMES_A_CHUNK);
        framesInARow = chunk || large.isEmpty() ? 0 : framesInARow + 1;
        Frame frame = chunk ? takeChunk() : frames.remove();
        queued -= frame.bytes.length;
        sent += frame.bytes.length;
        ByteBuffer.wrap(frame.bytes).putLong(Byte.BYTES, received.getAsLong());
        return frame;
    }

    private Frame takeChunk() {
        Cut cut = large.element();
        Frame frame = new Frame(chunk(cut), true);
        large.remove();
        int next = cut.offset + Packer.SLICE;
        queued += frame.bytes.length - Math.min(Packer.SLICE, cut.item.payload().remaining() - cut.offset);
        if (next < cut.item.payload().remaining()) {
            large.addFirst(new Cut(cut.item, cut.name, next));
        }
        return frame;
    }

    private static byte[] chunk(Cut cut) {
        Item chunk = Chunks.cut(cut.item, cut.name, cut.offset, Packer.SLICE);
        ByteBuffer bytes = ByteBuffer.allocate(Packer.HEADER + chunk.size());
        chunk.writeTo(bytes.put(Packer.VERSION).putLong(0));
        return bytes.array();
    }

    private Frame writeDirect(Frame frame) {
        long began = System.nanoTime();
        wire.write(frame.bytes, frame.unordered, true);
        boolean late = System.nanoTime() - began > SLOW_NANOS;
        synchronized (this) {
            slow |= late;
            written();
            return takeDirect();
        }
    }

    private void written() {
        writing = false;
        overfull &= queued > LIMIT / 2;
    }

    private void run() {
        try {
            for (Frame frame = awaitFrame(); frame != null; frame = awaitFrame()) {
                wire.write(frame.bytes, frame.unordered, false);
                synchronized (this) {
                    written();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Frame awaitFrame() throws InterruptedException {
        while (!closed && (writing || (frames.isEmpty() && large.isEmpty()))) {
            wait();
        }
        return closed ? null : take();
    }

    /** Drops what waits and ends the thread. */
    @Override
    public synchronized void close() {
        closed = true;
        frames.clear();
        large.clear();
        queued = 0;
        notifyAll();
        sender.interrupt();
    }
}
