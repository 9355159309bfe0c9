package org.goaway.internal.cluster.packing;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.wire.SizeLimit;

/**
 * What is on its way to one member. Frames leave in the order in which they were filled; items over 1 MiB
 * leave chunk by chunk behind them, so a small message waits for one chunk at most; of many frames, every
 * {@value #FRAMES_A_CHUNK} let one chunk go first, but of no item that came after them: it may tell the end of what they tell.
 * What may wait is bounded for either by itself, so neither keeps the other out.
 *
 * <p>Writing to JGroups can block (flow control, a full socket, a connection being made), and the event loop must not.
 * So a frame is written by the thread that fills it only if it cannot block: nothing else is under way, the addressee has
 * answered before, and with this frame at most {@value #WINDOW} bytes of ours have not been reported as received. The wire below
 * hands on to another thread what a socket may not hold, for which it is told of each report of more. Everything else is left to
 * this member's own thread, {@code goaway-send-…}. One write that took long in spite of all that closes the short cut until the
 * next report.
 *
 * <p>A frame that the wire has not taken, for want of memory say, is written again before all others: nothing above repeats
 * what it holds, and no later item may overtake it. What the wire has taken is never written twice.
 *
 * <p>Safe for any thread.
 */
final class Outbox implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(Outbox.class);

    static final int LARGE = SizeLimit.FRAME.bytes();
    static final int WINDOW = 128 * 1024;
    private static final long LIMIT = 256L << 20;
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PAUSE_MILLIS = 10;

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

    private final Thread sender;
    private final Link.Wire wire;
    private final Supplier<Received> received;
    private final Packer ordered = new Packer(frame -> queue(new Frame(frame, false)));
    private final Packer unordered = new Packer(frame -> queue(new Frame(frame, true)));
    private final Queue<Frame> frames = new ArrayDeque<>();
    private final LargeItems large = new LargeItems();
    private int framesInARow;
    /** How many frames have been filled. */
    private long filled;

    private long names;
    /** Bytes of frames. */
    private long queued;

    private boolean writing;
    /** What the wire has not taken; null: nothing. */
    private Frame again;

    private boolean failing;
    private boolean overfull;
    private boolean closed;
    private final int link = Head.nextStint();
    private int stint = link;
    private boolean beginsAnew;
    /** Bytes of frames of this stint. */
    private long sent;

    private long reported;
    private boolean slow;

    /** {@code received} tells what has come here from the addressee. */
    Outbox(String threadName, Link.Wire wire, Supplier<Received> received) {
        this.wire = wire;
        this.received = received;
        sender = new Thread(this::run, threadName);
        sender.setDaemon(true);
        sender.start();
    }

    /** Adds an item to the frame that the next {@link #flush} sends. False: too much waits already; it was dropped. */
    boolean add(Item item, boolean anyOrder) {
        synchronized (this) {
            boolean isLarge = item.size() > LARGE;
            long waits = isLarge ? large.bytes() : queued;
            if (closed
                    || (waits > 0 && waits + item.size() > LIMIT)) { // the largest leaves when no other large one waits
                if (!overfull && !closed) {
                    overfull = true;
                    LOG.warn("{}: {} bytes wait; messages are dropped until they leave", sender.getName(), waits);
                }
                return false;
            }
            names++;
            if (isLarge) {
                ordered.flush();
                large.add(item, names, anyOrder ? 0 : filled);
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
            if (!writing && isEmpty()) {
                queue(new Frame(new byte[Head.BYTES], true));
            }
        }
        flush();
    }

    /** A frame of the addressee's has come; {@code lost}: before that, it has dropped what it had of this side. */
    void onHead(Head head, boolean lost) {
        synchronized (this) {
            beginsAnew |= lost;
            beginAnew();
            if (head.counted() != stint || head.received() <= reported) {
                return;
            }
            reported = head.received();
            slow = false;
        }
        wire.arrived();
    }

    /** Begins a new stint, as soon as nothing is half sent but what can be sent again from its beginning. */
    private void beginAnew() {
        boolean whole = !writing && again == null && frames.isEmpty() && ordered.isEmpty() && unordered.isEmpty();
        if (beginsAnew && whole) {
            beginsAnew = false;
            stint = Head.nextStint();
            sent = 0;
            reported = 0;
            large.restart();
        }
    }

    /** Bytes that wait to be written. */
    synchronized long queued() {
        return queued + large.bytes();
    }

    /** Bytes that wait to be written and are bounded together with an item of so many. */
    synchronized long queued(int bytes) {
        return bytes > LARGE ? large.bytes() : queued;
    }

    private void queue(Frame frame) {
        frames.add(frame);
        filled++;
        queued += frame.bytes.length;
    }

    private boolean isEmpty() {
        return again == null && frames.isEmpty() && large.isEmpty();
    }

    private Frame takeDirect() {
        if (closed || writing) {
            return null;
        }
        boolean next = again != null || !frames.isEmpty();
        if (!next || !large.isEmpty() || reported == 0 || slow || sent + queued - reported > WINDOW) {
            if (!isEmpty()) {
                notifyAll();
            }
            return null;
        }
        try {
            return take();
        } catch (Throwable e) { // what was added leaves, so the caller must not think otherwise
            notifyAll();
            return null;
        }
    }

    /** What may fail for want of memory comes before what changes anything. */
    private Frame take() {
        boolean turn = framesInARow >= FRAMES_A_CHUNK && large.mayLeaveAfter(filled - frames.size());
        boolean chunk = again == null && !large.isEmpty() && (frames.isEmpty() || turn);
        Frame frame = chunk ? new Frame(large.frame(), true) : again != null ? again : frames.element();
        Received come = received.get();
        new Head(link, stint, come.stint(), come.bytes()).writeTo(frame.bytes);
        if (chunk) {
            large.advance();
        } else {
            queued -= frame.bytes.length;
            if (again == null) {
                frames.remove();
            }
            again = null;
        }
        writing = true;
        framesInARow = chunk || large.isEmpty() ? 0 : framesInARow + 1;
        sent += frame.bytes.length;
        return frame;
    }

    private Frame writeDirect(Frame frame) {
        long began = System.nanoTime();
        try {
            write(frame, true);
        } catch (Throwable e) { // the caller's message is not lost by it
            failed(e);
            return null;
        }
        boolean late = System.nanoTime() - began > SLOW_NANOS;
        synchronized (this) {
            slow |= late;
            return takeDirect();
        }
    }

    private void write(Frame frame, boolean direct) {
        boolean taken = false;
        try {
            wire.write(frame.bytes, frame.unordered, direct);
            taken = true;
        } finally {
            written(frame, taken);
        }
    }

    private synchronized void written(Frame frame, boolean taken) {
        writing = false;
        if (taken) {
            failing = false;
        } else if (!closed) {
            again = frame;
            queued += frame.bytes.length;
            sent -= frame.bytes.length;
            slow = true;
            notifyAll();
        }
        beginAnew();
        overfull &= queued > LIMIT / 2 || large.bytes() > LIMIT / 2;
    }

    private void failed(Throwable failure) {
        try {
            synchronized (this) {
                if (failing || closed) {
                    return;
                }
                failing = true;
            }
            LOG.error("{}: a frame could not be sent; it is tried again", sender.getName(), failure);
        } catch (Throwable silenced) {
            // Where there is no memory to say so either, it is tried again all the same.
        }
    }

    private void run() {
        try {
            boolean open = true;
            while (open) {
                open = writeNext();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean writeNext() throws InterruptedException {
        try {
            Frame frame = awaitFrame();
            if (frame != null) {
                write(frame, false);
            }
            return frame != null;
        } catch (RuntimeException | Error e) {
            failed(e);
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        }
    }

    private synchronized Frame awaitFrame() throws InterruptedException {
        while (!closed && (writing || isEmpty())) {
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
        again = null;
        queued = 0;
        notifyAll();
        sender.interrupt();
    }
}
