package org.goaway.protocol.strict;

import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;

/** A watched field has another value now; null: absent. May be lost, doubled or late: the version decides. */
public record Changed(ObjectId object, String field, Version version, Value value) implements Message {}
