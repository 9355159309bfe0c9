package org.goaway.protocol.release;

import org.goaway.protocol.ObjectId;

/** From the home, to a member not known to have it: the latest version. Repeated until {@link Applied} comes. */
public record Latest(long epoch, ObjectId object, long version) implements ReleaseMessage {}
