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
 * <p>Failure, and a lost member: when the member of a holder, or the lock's home, is lost, the others wait until the cluster
 * has agreed to go on without it, and are then served; holds of members that stay are not touched. A hold is lost when its own
 * member was out of the cluster, as after a long pause or a cut: {@link #onLost} tells, and {@link #token()} and
 * {@link #unlock()} throw {@link LockLostException}; both wait, up to the configured time of an operation, while their member
 * is cut off and so does not know, and {@code unlock} throws it where that stays so. To enter again, and a condition's methods,
 * wait as well, and do nothing where that stays so but throw {@link UnavailableException}; {@link #tryLock(long, TimeUnit)} waits
 * no longer than asked, and returns false then. Such a thread may run on for a while before it knows: let the objects
 * it writes be {@linkplain LinearizableObject#guardedBy guarded} by the lock, and pass {@link #token()} to outside systems,
 * so that they refuse an older one. Waiting ends with {@link UnavailableException}, nothing done, when the lock's home is
 * silent, or this member cut off from the majority, for the configured time. {@link #tryLock()} asks the home once, and waits
 * for its answer as {@link #lock()} does, whatever interrupts: while the home is silent up to the configured time and a few seconds
 * more, then it throws {@link UnavailableException}. After a change of the members the home answers when all have told it what they
 * hold. False means that somebody else holds the lock.
 *
 * <p>A condition's wait that cannot have the lock again, as without the home or a majority, throws {@link LockLostException}: the
 * thread does not hold the lock then, and its hold counts as lost, so that {@code unlock} in a {@code finally} throws that, too.
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
     * The fencing token of this thread's hold: higher than that of every hold before it, in the whole cluster. Local; a
     * member that is cut off waits until it knows whether the hold is lost, up to the configured time of an operation.
     *
     * @throws LockLostException if the hold was lost
     * @throws IllegalMonitorStateException if this thread does not hold the lock
     */
    long token();

    /** Whether this thread holds the lock, as far as this member knows. Local. */
    boolean isHeldByCurrentThread();

    /**
     * Calls {@code listener} whenever a thread of this member has lost a hold of this lock, on one thread of the node; the
     * hold's thread is not interrupted. Local.
     */
    Registration onLost(Runnable listener);

    /** The lock's unnamed condition, shared by all members: what one signals, a waiter anywhere sees. */
    @Override
    Condition newCondition();

    /**
     * The lock's condition of this name, shared by all members as {@link #newCondition()} is. Waiters are woken first come,
     * first served, and queue for the lock again. As with any {@link Condition} a waiter may wake without a signal (all do
     * when the cluster's members change): wait in a loop that looks at what is waited for. Its methods throw {@link IllegalMonitorStateException} without the lock.
     */
    Condition condition(String name);
}
