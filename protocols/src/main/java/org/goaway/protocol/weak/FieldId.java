package org.goaway.protocol.weak;

import org.goaway.protocol.ObjectId;

/** Names a field of an object. */
record FieldId(ObjectId object, String field) {}
