package org.goaway.protocol.lock;

import org.goaway.protocol.ObjectId;

/** From the home: {@code request} cannot be granted in this epoch, for this reason. */
public record Refused(long epoch, ObjectId lock, long request, String reason) implements LockMessage {}
