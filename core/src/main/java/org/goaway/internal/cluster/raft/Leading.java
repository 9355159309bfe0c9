package org.goaway.internal.cluster.raft;

import org.jgroups.Address;
import org.jgroups.protocols.raft.AppendResult;
import org.jgroups.protocols.raft.Leader;

/** Raft's leader: answers go to {@link Replication}, which decides what is committed. */
final class Leading extends Leader {

    private final VoterRaft voter;

    Leading(VoterRaft voter) {
        super(voter);
        this.voter = voter;
    }

    @Override
    public void init() {
        super.init();
        voter.begin();
    }

    @Override
    public void handleAppendEntriesResponse(Address sender, long term, AppendResult result) {
        voter.replication().onAnswer(RaftIds.member(sender), result);
    }
}
