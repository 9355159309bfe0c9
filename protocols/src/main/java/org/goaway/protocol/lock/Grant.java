package org.goaway.protocol.lock;

import org.goaway.protocol.ObjectId;

/**
 * From the home: {@code request} holds the lock (A2). Repeated until the home learns how the hold ended.
 *
 * @param token the fencing token: the epoch, then a count within it; see {@link LockQueue}
 * @param base the token of the last hold that changed the object; 0 for none and for plain locks
 * @param signalled whether a signal led to it
 */
public record Grant(long epoch, ObjectId lock, long request, long token, long base, boolean signalled)
        implements LockMessage {}
