package org.goaway.protocol.release;

import org.goaway.protocol.ObjectId;

/** From a member that flushes, to all others: tell me when your copy has this version. Repeated until {@link Confirmed}. */
public record Confirm(long epoch, ObjectId object, long version) implements ReleaseMessage {}
