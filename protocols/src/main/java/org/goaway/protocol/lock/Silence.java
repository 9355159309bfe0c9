package org.goaway.protocol.lock;

import java.util.List;

/**
 * Finds the requests whose home has been silent for too long. Time in which this member itself did not run is not counted:
 * the answers may be waiting in its queue. On the event loop only.
 */
final class Silence {

    private static final long LONGEST_STEP = 100_000_000;

    private final long patience;
    private long last;

    /** @param patience in nanoseconds, beyond what it takes until a repeated question is answered */
    Silence(long now, long patience) {
        this.last = now;
        this.patience = patience + 2 * Repeat.LONGEST;
    }

    List<Ticket> tooLong(List<Ticket> waiting, long now) {
        long step = Math.min(now - last, LONGEST_STEP);
        last = now;
        return waiting.stream()
                .filter(ticket -> ticket.silentFor(step) > patience)
                .toList();
    }
}
