package org.goaway.protocol.membership;

import org.goaway.protocol.Clock;
import org.goaway.protocol.Lease;

/**
 * This member's lease: it ends at a moment of this member's own clock. Written by the event loop, read by any thread.
 */
public final class MemberLease implements Lease {

    private final Clock clock;
    private volatile long end;

    MemberLease(Clock clock) {
        this.clock = clock;
        this.end = clock.nanos();
    }

    @Override
    public boolean isHeld() {
        return end - clock.nanos() > 0;
    }

    /** How long it lasts unless it is renewed; 0 if it is over. Any thread. */
    public long leftNanos() {
        return Math.max(0, end - clock.nanos());
    }

    /** It lasts until then; never shortens it. */
    void lastUntil(long nanos) {
        if (nanos - end > 0) {
            end = nanos;
        }
    }

    /** It ends now. */
    void drop() {
        long now = clock.nanos();
        if (end - now > 0) {
            end = now;
        }
    }
}
