package org.goaway.protocol.task;

import org.goaway.protocol.MemberId;

/** A task that has not ended, at its spawner. */
final class Sent {

    final long number;
    final Assignable task;
    MemberId at;
    int attempt = 1;

    /** Whether its member may start it; else it waits in that one's queue and has certainly not started. */
    boolean assigned;

    /** Whether it is assigned and counts as in one of its member's slots. */
    boolean inSlot;

    /** The stint of its member in which it was assigned. */
    long stint;

    /** Whether its envelope has gone to all. */
    boolean posted;

    boolean cancelled;
    boolean interrupt;
    /** When its member was told of it last. */
    long toldAt;

    Sent(long number, Assignable task) {
        this.number = number;
        this.task = task;
    }

    /** Whether an earlier attempt may have run. */
    boolean hasBeenLost() {
        return attempt > 1;
    }
}
