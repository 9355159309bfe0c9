package org.goaway;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * A lock that one thread of the whole cluster holds at a time.
 *
 * <p>First come, first served, in the order in which requests reach the lock's home: a member that the name picks, so that
 * locks spread over the cluster. Reentrant for the holding thread. Nobody polls: an uncontended lock costs one round trip
 * to its home, none where this member is the home; a waiter is told when its turn has come.
 *
 * <p>A thread that waits inside a task lets another task run meanwhile, and logs the reason once after 5 seconds. A task's
 * locks are released when it ends, however it ends. What was set by the previous holder in any shared object whose
 * promise reaches so far is seen by the next; see the kinds.
 *
 * <p>Failure, and a lost member: waiting ends with {@link UnavailableException}, nothing done, when the lock's home is lost,
 * or the member of its holder: in this version nobody inherits such a lock. A member that waits and is lost leaves the
 * queue. Holders of other locks do not notice. A hold is not proof against a long pause of its process; pass
 * {@link #token()} to outside systems, so that they can refuse an older one.
 *
 * <pre>{@code
 * try (var held = lock.hold()) {
 *     s.set("counter", s.get("counter", 0L) + 1);
 * }
 * }</pre>
 */
public interface ClusterLock extends Lock {

    /** The name that all members know it by; needs no cluster. */
    String name();

    /**
     * Does {@link #lock()}, and {@link #unlock()} at the end of the block.
     *
     * @throws GoAwayException if this thread is interrupted while it waits; its interrupt flag is set, and it does not hold
     *     the lock
     */
    Held hold();

    /**
     * The fencing token of this thread's hold: higher than that of every hold before it, in the whole cluster. Local.
     *
     * @throws LockLostException if the hold was lost
     * @throws IllegalMonitorStateException if this thread does not hold the lock
     */
    long token();

    /** Whether this thread holds the lock, as far as this member knows. Local. */
    boolean isHeldByCurrentThread();

    /** The lock's unnamed condition, shared by all members: what one signals, a waiter anywhere sees. */
    @Override
    Condition newCondition();

    /**
     * The lock's condition of this name, shared by all members as {@link #newCondition()} is. Waiters are woken first come,
     * first served, and queue for the lock again. Its methods throw {@link IllegalMonitorStateException} without the lock.
     */
    Condition condition(String name);
}
