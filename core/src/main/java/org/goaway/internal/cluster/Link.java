package org.goaway.internal.cluster;

import java.util.concurrent.atomic.AtomicLong;
import org.goaway.protocol.MemberId;

/** What this node keeps about one other member's traffic: the way out, and what has come in. Safe for any thread. */
final class Link implements AutoCloseable {

    /** After so many bytes a report is due even if there is nothing else to say. */
    private static final long REPORT_EVERY = Outbox.WINDOW / 4;

    final MemberId member;
    final Outbox outbox;
    final Chunks chunks = new Chunks();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong nextReport = new AtomicLong(REPORT_EVERY);

    Link(MemberId member, String threadName, Outbox.Wire wire) {
        this.member = member;
        this.outbox = new Outbox(threadName, wire, received::get);
    }

    /** Counts a frame; true when a report is due. */
    boolean received(int bytes) {
        long now = received.addAndGet(bytes);
        long due = nextReport.get();
        return now >= due && nextReport.compareAndSet(due, now + REPORT_EVERY);
    }

    @Override
    public void close() {
        outbox.close();
    }
}
