package org.goaway.protocol.lock;

import org.goaway.protocol.ObjectId;

/**
 * To the home: queue me (A1).
 *
 * @param request the requester's number for this request, never used again
 * @param holder who asks, for those who will wait behind it
 */
public record Acquire(long epoch, ObjectId lock, long request, String holder) implements LockMessage {}
