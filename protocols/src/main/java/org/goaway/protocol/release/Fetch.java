package org.goaway.protocol.release;

import org.goaway.protocol.ObjectId;

/** To the home: my copy has this version, send me what is newer. */
public record Fetch(long epoch, ObjectId object, long version) implements ReleaseMessage {}
