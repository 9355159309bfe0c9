package org.goaway;

import java.time.Duration;

/**
 * A count for the whole cluster that threads wait for to reach zero, where it stays.
 *
 * <p>Its state is in the Raft log, like that of {@link StrictCentralized}: a call is one round trip to the leader and one from
 * it to a majority of the voters; nobody polls. A wait is not bounded by the configured time, only its way into the log
 * is. A thread that waits inside a task lets another task run meanwhile, and logs the reason once after 5 seconds.
 *
 * <p>Nobody counts down for a member that is lost: where that can happen, use {@link #await(Duration)} and look at the tasks.
 * Without a majority of the voters, calls and waits end with {@link UnavailableException}, and {@link #countDown()} perhaps with
 * {@link OutcomeUnknownException}: it may have counted.
 *
 * <pre>{@code
 * ClusterLatch ready = GoAway.latch("ready", 3);
 * ready.countDown();
 * ready.await();
 * }</pre>
 *
 * <p>Safe for any thread.
 */
public interface ClusterLatch {

    /** The name that all members know it by; needs no cluster. */
    String name();

    /** What it counts down from; the same for all who use the name. */
    int count();

    /**
     * Waits until the count is zero; returns at once if it is.
     *
     * @throws InterruptedException if this thread is interrupted first
     * @throws IllegalArgumentException if the latch of this name counts down from another number
     * @throws UnavailableException if no majority of the voters answers
     */
    void await() throws InterruptedException;

    /**
     * Does what {@link #await()} does, but not for longer than this. Waits for the log's first answer in any case, as any call does up
     * to {@link ClusterConfig#timeout()}; so with zero it tells whether the count is zero.
     *
     * @return whether the count is zero
     * @throws InterruptedException if this thread is interrupted first
     * @throws IllegalArgumentException if the latch of this name counts down from another number
     * @throws UnavailableException if no majority of the voters answers
     */
    boolean await(Duration atMost) throws InterruptedException;

    /** Takes one off the count; without effect at zero. Waits for the log, whatever interrupts. */
    void countDown();

    /** The count now; maybe outdated when it returns. */
    long getCount();
}
