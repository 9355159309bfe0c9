package org.goaway;

import java.time.Duration;

/**
 * A number of permits for the whole cluster, to be acquired and released one at a time.
 *
 * <p>First come, first served, in the order of the Raft log, in which its state is kept like that of
 * {@link StrictCentralized}: a call is one round trip to the leader and one from it to a majority of the voters; nobody polls. A
 * wait for a permit is not bounded by the configured time, only its way into the log is. A thread that waits inside a task
 * lets another task run meanwhile, and logs the reason once after 5 seconds.
 *
 * <p>As with {@link java.util.concurrent.Semaphore}, a permit belongs to no thread or task: one that ends without releasing keeps
 * it from the others, and a release without an acquire adds one. But it belongs to the member that acquired it: when that
 * leaves the cluster, its permits are free again. So release on the member that acquired. A member that was only cut off
 * and comes back has lost its permits without notice; as many of its releases are without effect.
 *
 * <p>Without a majority of the voters, {@link #acquire()} and waits end with {@link UnavailableException}: no permit is held, and
 * what may have been granted is given back. {@link #release()} may also end with {@link OutcomeUnknownException}.
 *
 * <pre>{@code
 * ClusterSemaphore licences = GoAway.semaphore("licences", 2);
 * licences.acquire();
 * try {
 *     use();
 * } finally {
 *     licences.release();
 * }
 * }</pre>
 *
 * <p>Safe for any thread.
 */
public interface ClusterSemaphore {

    /** The name that all members know it by; needs no cluster. */
    String name();

    /** How many permits it was made with; the same for all who use the name. */
    int permits();

    /**
     * Gets a permit, waiting until one is free.
     *
     * @throws InterruptedException if this thread is interrupted first; it has no permit then
     * @throws IllegalArgumentException if the semaphore of this name was made with another number of permits
     */
    void acquire() throws InterruptedException;

    /**
     * Gets a permit if one is free now or within this time. Waits for the log's answer in any case, so with zero it tells
     * whether one was free.
     *
     * @return whether this thread has got one
     * @throws InterruptedException if this thread is interrupted first; it has no permit then
     */
    boolean tryAcquire(Duration atMost) throws InterruptedException;

    /** Gives a permit back, to the one who has waited longest. Waits for the log, whatever interrupts. */
    void release();

    /** How many permits are free now; maybe outdated when it returns. */
    int availablePermits();
}
