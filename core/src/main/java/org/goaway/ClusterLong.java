package org.goaway;

import java.util.function.LongUnaryOperator;

/**
 * A long of the whole cluster, 0 at first, with the operations of {@link java.util.concurrent.atomic.AtomicLong}.
 *
 * <p>Linearizable: each operation takes effect at one moment between its call and its return, in the same order for all
 * members. The value is in the Raft log, like those of {@link StrictCentralized}: a call is one round trip to the leader and one
 * from it to a majority of the voters, reads too. It overflows as Java's long does.
 *
 * <p>An operation that cannot be done in the configured time ends with {@link UnavailableException} (it was certainly not done;
 * safe to repeat) or {@link OutcomeUnknownException} (it may have been, or may yet be). A write whose thread is interrupted while
 * it waits ends with {@link OutcomeUnknownException}, too, {@code get} with {@link GoAwayException}; the interrupt flag is set. As long as a majority of the voters
 * is there, nothing is lost when members are.
 *
 * <pre>{@code
 * long ticket = GoAway.atomicLong("tickets").incrementAndGet();
 * }</pre>
 *
 * <p>Safe for any thread.
 */
public interface ClusterLong {

    /** The name that all members know it by; needs no cluster. */
    String name();

    /** The value now. */
    long get();

    /** Sets the value. */
    void set(long v);

    /** Adds and returns the sum. */
    long addAndGet(long d);

    /** Sets the value to {@code b} if it is {@code a}, and tells whether it was. */
    boolean compareAndSet(long a, long b);

    /**
     * Replaces the value by what {@code f} makes of it, and returns that. {@code f} runs in this thread, and again when
     * another write came between: it should have no side effects.
     */
    long updateAndGet(LongUnaryOperator f);

    /** Adds one and returns the sum. */
    default long incrementAndGet() {
        return addAndGet(1);
    }

    /** Takes one off and returns the rest. */
    default long decrementAndGet() {
        return addAndGet(-1);
    }

    /** Adds and returns the value before. */
    default long getAndAdd(long d) {
        return addAndGet(d) - d;
    }

    /** Adds one and returns the value before. */
    default long getAndIncrement() {
        return getAndAdd(1);
    }
}
