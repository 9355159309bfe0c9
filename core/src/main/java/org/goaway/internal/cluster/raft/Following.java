package org.goaway.internal.cluster.raft;

import org.jgroups.Address;
import org.jgroups.protocols.raft.AppendResult;
import org.jgroups.protocols.raft.Follower;
import org.jgroups.protocols.raft.LogEntries;
import org.jgroups.protocols.raft.LogEntry;

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

    /** Steps 2 to 5; step 1, the terms, was before. */
    @Override
    public AppendResult handleAppendEntriesRequest(
            LogEntries entries, Address leader, long prevIndex, long prevTerm, long entryTerm, long leaderCommit) {
        voter.leader(leader);
        if (prevIndex > voter.lastAppended()) {
            return missing(voter.lastAppended());
        }
        if (prevIndex > voter.commitIndex() && termOf(prevIndex) != prevTerm) {
            return missing(beforeTermOf(prevIndex));
        }
        long last = take(entries == null ? new LogEntries() : entries, prevIndex);
        voter.follow(Math.min(leaderCommit, last));
        return new AppendResult(AppendResult.Result.OK, last).commitIndex(voter.commitIndex());
    }

    /**
     * Takes what is not there yet in place of what is there by another leader; returns the last one's index. What is committed
     * is the same everywhere, so only later entries are compared.
     */
    private long take(LogEntries sent, long prevIndex) {
        long index = prevIndex;
        LogEntries news = new LogEntries();
        for (LogEntry entry : sent) {
            index++;
            if (news.size() > 0 || index > voter.lastAppended()) {
                news.add(entry);
            } else if (index > voter.commitIndex() && termOf(index) != entry.term()) {
                voter.cutOff(index);
                news.add(entry);
            }
        }
        if (news.size() > 0) {
            voter.append(news);
        }
        return index;
    }

    private AppendResult missing(long agreedAtMost) {
        return new AppendResult(AppendResult.Result.FAIL_ENTRY_NOT_FOUND, agreedAtMost)
                .commitIndex(voter.commitIndex());
    }

    private long beforeTermOf(long conflicting) {
        long index = conflicting;
        while (index > voter.commitIndex() && termOf(index) == termOf(conflicting)) {
            index--;
        }
        return index;
    }

    private long termOf(long index) {
        return voter.memory().termOf(index);
    }
}
