package org.goaway.protocol.lock;

import org.goaway.protocol.ObjectId;

/** To the home: I no longer want {@code request}. May be lost: then its grant is given back. */
public record Cancel(long epoch, ObjectId lock, long request) implements LockMessage {}
