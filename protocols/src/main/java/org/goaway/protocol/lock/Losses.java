package org.goaway.protocol.lock;

import org.goaway.protocol.ObjectId;

/** Told, on the event loop, that this member has lost a hold. Must not block or throw. */
@FunctionalInterface
public interface Losses {

    /** The hold of {@code lock} with this token is no longer this member's; another may have the lock by now. */
    void lost(ObjectId lock, long token);
}
