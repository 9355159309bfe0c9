package org.goaway;

/**
 * A linearizable object kept by the voters of the cluster: the one to trust with what must not be lost.
 *
 * <p>Reads and writes alike go to the Raft leader, the first of {@link Cluster#members()}, and through its log: one round
 * trip to the leader (none there) and one from it to a majority of the voters; operations under way at the same time share
 * them. Values of more than 16 MiB, encoded, are refused with {@link NotTransferableException}. {@link #onChange} is such a round
 * trip, too, and its listeners are told by a message from the leader.
 *
 * <p>As long as a majority of the voters is there, nothing is lost and operations go on, after a pause for the election
 * when the leader was lost. Without one, reads and writes throw {@link UnavailableException}, or
 * {@link OutcomeUnknownException} for those that were under way. All is in memory: when a majority is gone for good, the data
 * are gone. With three servers or more three of them vote, unless {@link ClusterConfig#voters()} says another number; with two the
 * spawner is the third; with one it alone has the data. Of equal programs without servers three vote, too; with two the first alone
 * has the data.
 */
public interface StrictCentralized extends LinearizableObject {

    @Override
    StrictCentralized guardedBy(ClusterLock lock);
}
