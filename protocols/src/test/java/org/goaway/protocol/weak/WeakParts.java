package org.goaway.protocol.weak;

import java.time.Duration;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Protocol;
import org.goaway.protocol.Transport;

/** How the members of a run are made. As it stands they are right; a mutant overrides what it gets wrong. */
class WeakParts {

    static final Limits LIMITS = new Limits(
            200,
            600,
            2_000,
            Duration.ofMillis(50).toNanos(),
            Duration.ofMinutes(2).toNanos());

    /** What a member shares with its threads. */
    Copies copies(MemberId self) {
        return new Copies(self, LIMITS.load());
    }

    /** What a member sends by. */
    Transport sending(MemberId self, Transport transport) {
        return transport;
    }

    /** What a member's messages, epochs and ticks go to. */
    Protocol inputs(MemberId self, Weak weak) {
        return weak;
    }
}
