package org.goaway.protocol.release;

import org.goaway.protocol.ObjectId;

/** To a member that flushes: my copy has this version, and all before it. */
public record Confirmed(long epoch, ObjectId object, long version) implements ReleaseMessage {}
