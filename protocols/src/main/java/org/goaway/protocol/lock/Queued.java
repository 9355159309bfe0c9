package org.goaway.protocol.lock;

import org.goaway.protocol.ObjectId;

/**
 * From the home: {@code request} waits.
 *
 * @param heldBy who holds the lock now; null: nobody, or the home does not know yet
 */
public record Queued(long epoch, ObjectId lock, long request, String heldBy) implements LockMessage {}
