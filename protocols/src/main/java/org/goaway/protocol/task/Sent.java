package org.goaway.protocol.task;

import org.goaway.protocol.MemberId;

/** A task that has not ended, at its spawner. */
final class Sent {

    final long number;
    final Assignable task;
    final Line line;
    MemberId at;
    int attempt = 1;

    /** Whether its member may start it; else it waits in that one's queue and has certainly not started. */
    boolean assigned;

    /** Whether it is assigned and counts as in one of its member's slots. */
    boolean inSlot;

    /** The stint of its member in which it came there. */
    long stint;

    /** Whether its envelope has gone to all. */
    boolean posted;

    boolean cancelled;
    boolean interrupt;
    /** When its member was told of it last. */
    long toldAt;
    /** While it is queued: where it stands among those in the same queue. */
    long place;

    /** @param kind of its envelope, {@link SpawnerPort#kind} */
    Sent(long number, Assignable task, int kind) {
        this.number = number;
        this.task = task;
        // what all members get is with them while it waits
        this.line = new Line(task.isUnlimited(), task.isShared() ? 0 : kind);
    }

    /** What a task may have to wait for: a slot, and that its envelope can leave. */
    record Line(boolean unlimited, int kind) {

        /** Whether they may have to wait for the same. */
        boolean competesWith(Line other) {
            return !(unlimited || other.unlimited) || (kind == other.kind && kind > 0);
        }
    }

    /** Whether an earlier attempt may have run. */
    boolean hasBeenLost() {
        return attempt > 1;
    }
}
