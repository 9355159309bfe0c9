package org.goaway.internal.cluster.raft;

import org.jgroups.Address;
import org.jgroups.protocols.raft.AppendResult;
import org.jgroups.protocols.raft.Follower;
import org.jgroups.protocols.raft.LogEntries;

/**
 * Raft's follower and learner (Figure 2, AppendEntries). jgroups-raft's own answers for entries that it has not compared
 * with the leader's, and commits what it was told is committed without knowing that it has the same.
 */
final class Following extends Follower {

    private final VoterRaft voter;

    Following(VoterRaft voter) {
        super(voter);
        this.voter = voter;
    }

    @Override
    public AppendResult handleAppendEntriesRequest(
            LogEntries entries, Address leader, long prevIndex, long prevTerm, long entryTerm, long leaderCommit) {
        voter.leader(leader);
        return voter.accept(entries == null ? new LogEntries() : entries, prevIndex, prevTerm, leaderCommit);
    }
}
