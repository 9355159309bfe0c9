package org.goaway.protocol.lock;

import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;

/** What members say to each other about a lock. */
public sealed interface LockMessage extends Message permits Acquire, Await, Cancel, Unlock, Grant, Queued, Refused {

    /** The sender's epoch (C7). */
    long epoch();

    /** The lock, or the release-consistent object that it guards. */
    ObjectId lock();
}
