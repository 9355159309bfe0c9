package org.goaway;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A shared object whose operations take effect one at a time, each at some moment between its call and its return, in the
 * same order for all members. Each operation is on one field (but {@link #clear()}) and atomic; two operations together
 * are not, unless a {@link ClusterLock} makes them so.
 *
 * <p>An operation that cannot be done in the configured time ends with {@link UnavailableException} (it was certainly not
 * done; safe to repeat) or {@link OutcomeUnknownException} (it may have been, or may yet be). A write whose thread is interrupted
 * while it waits ends with {@link OutcomeUnknownException}, too, a read with {@link GoAwayException}; the interrupt flag is set.
 */
public interface LinearizableObject extends SharedObject {

    /**
     * Replaces the field's value by what {@code fn} makes of it, atomically, and returns the new one.
     *
     * <p>{@code fn} runs in this thread, and again when another write came between: it should have no side effects. What
     * it throws is thrown here, and nothing is changed.
     *
     * @param initial what {@code fn} is given if the field was never set, or was removed; its type is the one that the
     *     value is read as
     * @throws WrongTypeException if the field holds a value of another type than {@code initial}
     */
    <T> T update(String field, T initial, UnaryOperator<T> fn);

    /**
     * Sets the field to {@code next} if it has the value {@code expected}, and tells whether it had.
     *
     * <p>Compares encodings: of scalars, strings, enums, {@code java.time}, UUIDs, records, and arrays and lists of these. So an
     * Integer is no Long. A list equals another of the same elements, whatever the classes of the two; within a record or an
     * array their classes count.
     *
     * @param expected null: absent
     * @param next null removes the field
     * @throws IllegalArgumentException if {@code expected} is of another kind: use {@link #update}
     */
    boolean compareAndSet(String field, Object expected, Object next);

    /**
     * Adds to the field's number, atomically, and returns the sum, which the field then holds as a Long. A field never set
     * counts as 0.
     *
     * @throws WrongTypeException if the field holds no whole number
     */
    long addAndGet(String field, long delta);

    /**
     * Gives a handle of the same object whose writes carry the {@linkplain ClusterLock#token() fencing token} of the calling
     * thread's hold of {@code lock}, and are refused once the object has seen a later holder's: so a thread that lost the
     * lock without noticing, as after a long pause, cannot overwrite what its successor wrote. Reads need no lock, and
     * writes through handles without a guard are not refused. Where the handle travels to, it is guarded by the lock of the
     * same name.
     *
     * <p>An object keeps the highest token of each lock that ever guarded a write of it, for as long as the cluster lives, and at
     * every member that has the object: let few locks guard it, not one of a new name each time.
     *
     * <p>Each write throws {@link IllegalMonitorStateException} if the thread does not hold the lock,
     * {@link LockLostException} if it knows that it lost it, and {@link StaleTokenException} if the object has seen a later
     * token; nothing was done then.
     *
     * <pre>{@code
     * StrictCentralized accounts = GoAway.strictCentralized("accounts").guardedBy(lock);
     * try (var held = lock.hold()) {
     *     accounts.set("alice", accounts.get("alice", 0L) + 10);
     * }
     * }</pre>
     */
    LinearizableObject guardedBy(ClusterLock lock);

    /** The lock that {@linkplain #guardedBy guards} writes through this handle; empty: none. Asks no other member. */
    Optional<ClusterLock> guard();
}
