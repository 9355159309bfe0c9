package org.goaway.protocol.lock;

import org.goaway.protocol.Fenced;
import org.goaway.protocol.ObjectId;

/** What members say to each other about a lock. */
public sealed interface LockMessage extends Fenced permits Acquire, Await, Cancel, Unlock, Grant, Queued, Refused {

    /** The lock, or the release-consistent object that it guards. */
    ObjectId lock();
}
