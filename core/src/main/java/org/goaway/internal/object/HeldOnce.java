package org.goaway.internal.object;

import org.goaway.Held;

/** Leaves what was entered at the first {@link #close()}. One writer: the thread that entered. */
final class HeldOnce implements Held {

    private final long token;
    private final Runnable leave;
    private boolean closed;

    HeldOnce(long token, Runnable leave) {
        this.token = token;
        this.leave = leave;
    }

    @Override
    public long token() {
        return token;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            leave.run();
        }
    }
}
