package org.goaway.protocol.strict;

import org.goaway.protocol.Fence;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;

/** Part of a snapshot of the strict store. */
public sealed interface StrictPiece extends Message {

    /** The number of commands counted so far. */
    record Count(long count) implements StrictPiece {}

    /** One field that is set. */
    record Field(ObjectId object, String field, Version version, Value value) implements StrictPiece {}

    /** The highest token of a lock that an object has seen. */
    record Token(ObjectId object, Fence highest) implements StrictPiece {}

    /** One watcher of one field. */
    record Watcher(ObjectId object, String field, MemberId member) implements StrictPiece {}
}
