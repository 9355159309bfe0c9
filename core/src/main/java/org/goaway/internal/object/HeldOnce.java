package org.goaway.internal.object;

import org.goaway.Held;

/** Leaves what was entered at the first {@link #close()}. One writer: the thread that entered. */
final class HeldOnce implements Held {

    private final Holds holds;
    private final Runnable leave;
    private Hold latest;
    private boolean closed;

    HeldOnce(Holds holds, Hold entered, Runnable leave) {
        this.holds = holds;
        this.latest = entered;
        this.leave = leave;
    }

    /** A wait for a condition gives the lock back, and gets it again with another token. */
    @Override
    public long token() {
        Hold mine = closed ? null : holds.mine(latest.id);
        if (mine != null) {
            latest = mine;
        }
        return latest.token;
    }

    @Override
    public void close() {
        if (!closed) {
            if (!latest.thread.equals(Thread.currentThread())) {
                throw Holds.notHeld(latest.id, "close");
            }
            closed = true;
            leave.run();
        }
    }
}
