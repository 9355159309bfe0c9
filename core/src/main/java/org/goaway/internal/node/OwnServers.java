package org.goaway.internal.node;

import java.util.List;
import java.util.Set;
import org.goaway.protocol.MemberId;

/** The servers that a node has started. Names are those of {@link #names()}. Safe for any thread. */
interface OwnServers {

    /** Ends all of them; returns when they are gone. Idempotent. */
    void end();

    /** The names of all, those included that have ended. */
    List<String> names();

    /** For tests: ends one without a chance to leave. */
    void kill(String server);

    /** For tests: lets one stand still. */
    void pause(String server);

    /** For tests: lets one that stands still go on; nothing if it has ended. */
    void resume(String server);

    /** For tests: one hears nothing of these members from now on, and everything of all others; nothing if it has ended. */
    void cutOff(String server, Set<MemberId> members);
}
