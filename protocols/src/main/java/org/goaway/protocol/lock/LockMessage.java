package org.goaway.protocol.lock;

import org.goaway.protocol.Fenced;

/** What members say to each other about locks. */
public sealed interface LockMessage extends Fenced
        permits Acquire, Await, Cancel, Unlock, Grant, Queued, Report, Reported {}
