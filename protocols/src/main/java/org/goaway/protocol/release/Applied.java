package org.goaway.protocol.release;

import org.goaway.protocol.ObjectId;

/** To the home: my copy has this version. */
public record Applied(long epoch, ObjectId object, long version) implements ReleaseMessage {}
