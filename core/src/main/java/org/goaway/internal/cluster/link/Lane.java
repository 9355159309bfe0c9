package org.goaway.internal.cluster.link;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * What is on its way to one destination. At most one thread at a time writes what has queued, and it alone waits while the
 * destination takes nothing. Safe for any thread.
 */
final class Lane {

    private static final Logger LOG = LogManager.getLogger(Lane.class);

    /**
     * What a socket that takes nothing any more surely still holds: by default Linux gives a new one 45 KiB on ethernet, of
     * which small messages waste half.
     */
    static final int SURE = 16 << 10;

    /** More than this is dropped: JGroups repeats what has to arrive. */
    private static final long MOST = 64L << 20;

    /** A message as bytes: the first {@code length} of the array, which nobody changes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Frame(byte[] bytes, int length) {}

    /** Puts a frame on the wire; may block. */
    @FunctionalInterface
    interface Wire {
        void write(Frame frame) throws Exception;
    }

    private final Wire wire;
    private final Executor threads;
    private final Queue<Frame> queue = new ArrayDeque<>();
    private final AtomicLong unanswered = new AtomicLong();
    private long queued;
    private boolean writing;

    Lane(Wire wire, Executor threads) {
        this.wire = wire;
        this.threads = threads;
    }

    /**
     * Something that was written before has arrived there, by the other side's word. That something has come from there does not
     * tell it: the link may be cut one way.
     */
    void arrived() {
        unanswered.set(0);
    }

    /** Writes on this thread, which may wait. */
    void write(Frame frame) throws Exception {
        unanswered.addAndGet(frame.length());
        wire.write(frame);
    }

    /** Writes on this thread if that surely does not block, else leaves it to another. */
    void writeOrQueue(Frame frame) throws Exception {
        synchronized (this) {
            if (writing || unanswered.get() + frame.length() > SURE) {
                queue(frame);
                return;
            }
            writing = true;
        }
        try {
            write(frame);
        } finally {
            written();
        }
    }

    /** Leaves it to another thread. Never blocks. */
    synchronized void queue(Frame frame) {
        if (queued + frame.length() <= MOST) {
            queue.add(frame);
            queued += frame.length();
        }
        if (!writing) { // also where it is full: there was no thread to be had for what waits
            hand();
        }
    }

    /** Whether nothing is on its way. */
    synchronized boolean isIdle() {
        return !writing && queue.isEmpty();
    }

    private synchronized void written() {
        writing = false;
        if (!queue.isEmpty()) {
            hand();
        }
    }

    private void hand() {
        writing = true;
        try {
            threads.execute(this::drain);
        } catch (RejectedExecutionException stopped) {
            queue.clear();
            queued = 0;
            writing = false;
        } catch (Throwable none) { // no memory for a thread: the next frame tries again, and be it a heartbeat
            writing = false;
            notSent(queued, none);
        }
    }

    private void drain() {
        for (Frame frame = next(); frame != null; frame = next()) {
            try {
                write(frame);
            } catch (Throwable lost) {
                // As if the network had lost it; JGroups repeats what has to arrive. A thread that ended here would
                // leave the lane to nobody.
                notSent(frame.length(), lost);
            }
        }
    }

    private static void notSent(long bytes, Throwable why) {
        try {
            LOG.debug("not sent: {} bytes", bytes, why);
        } catch (Throwable silenced) {
            // Where there is no memory to say so either, the lane goes on.
        }
    }

    private synchronized Frame next() {
        Frame frame = queue.poll();
        if (frame == null) {
            writing = false;
        } else {
            queued -= frame.length();
        }
        return frame;
    }
}
