package org.goaway;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * A cyclic barrier of the whole cluster: threads wait for each other until all parties are there, then all go on and the next
 * round begins.
 *
 * <p>Its state is in the Raft log, like that of {@link StrictCentralized}: an arrival is one round trip to the leader and one
 * from it to a majority of the voters; nobody polls. A wait is not bounded by the configured time, only its way into the
 * log is. A thread that waits inside a task lets another task run meanwhile, and logs the reason once after 5 seconds.
 *
 * <p>All parties of a round pass, or none. A round ends without passing when
 *
 * <ul>
 *   <li>a party's time is over or it is interrupted: the others that are there get a {@link BarrierBrokenException};
 *   <li>a party's member leaves the cluster: the others get a {@link MemberLeftException}. Who the parties are shows only as
 *       they arrive: a member counts as one if it is there or was in the last round that passed; before the first such
 *       round, any member does.
 * </ul>
 *
 * <p>The next round then begins with nobody, at once: the barrier needs no reset. Who arrives after such an end waits
 * for a full round; where a party may never come, use {@link #await(Duration)}.
 *
 * <p>Without a majority of the voters, waits end with {@link OutcomeUnknownException}: the others may have passed.
 * {@link UnavailableException} means that the arrival certainly did not happen.
 *
 * <pre>{@code
 * ClusterBarrier round = GoAway.barrier("round", 3);
 * round.await();     // returns when three threads of the cluster have called it
 * }</pre>
 *
 * <p>Safe for any thread.
 */
public interface ClusterBarrier {

    /** The name that all members know it by; needs no cluster. */
    String name();

    /** How many threads make a round; the same for all who use the name. */
    int parties();

    /**
     * Arrives and waits for the other parties.
     *
     * @return how many were still missing after this one: {@code parties() - 1} for the first, 0 for the last
     * @throws InterruptedException if this thread is interrupted before all are there; that ends the round for the others too
     * @throws BarrierBrokenException if another party of this round gave up
     * @throws MemberLeftException if a party's member left
     * @throws IllegalArgumentException if the barrier of this name has another number of parties
     * @throws OutcomeUnknownException if no majority of the voters answers: the others may have passed
     */
    int await() throws InterruptedException;

    /**
     * Does what {@link #await()} does, but not for longer than this. Waits for the log's first answer in any case, and to give up for
     * another one, which tells whether the round passed meanwhile: each as any call does, up to {@link ClusterConfig#timeout()}.
     *
     * @throws TimeoutException if not all are there by then; that ends the round for the others too
     * @throws InterruptedException if this thread is interrupted before all are there; that ends the round for the others too
     * @throws BarrierBrokenException if another party of this round gave up
     * @throws MemberLeftException if a party's member left
     * @throws IllegalArgumentException if the barrier of this name has another number of parties
     * @throws OutcomeUnknownException if no majority of the voters answers: the others may have passed
     */
    int await(Duration atMost) throws InterruptedException, TimeoutException;
}
