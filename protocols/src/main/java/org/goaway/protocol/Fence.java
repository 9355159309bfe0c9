package org.goaway.protocol;

/**
 * What a write under a lock carries: an object that has seen a higher token of the lock refuses the write, since its
 * writer has lost the lock without noticing (Gray and Cheriton's leases; the name is Kleppmann's).
 *
 * @param lock the lock that guards the object
 * @param token the fencing token of the writer's hold
 */
public record Fence(ObjectId lock, long token) implements Message {}
