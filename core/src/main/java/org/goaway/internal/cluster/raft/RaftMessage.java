package org.goaway.internal.cluster.raft;

import java.util.List;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Value;

/** What voters, learners and those who follow the log from outside tell each other. */
public sealed interface RaftMessage extends Message {

    /**
     * To all members, again and again: the sender leads in this term. {@code cluster} keeps apart two clusters that meet;
     * {@code voters} is what is committed, for who is told that its vote is another's goes and takes its log with it.
     */
    record Leads(MemberId cluster, long term, List<MemberId> voters) implements RaftMessage {}

    /** Answer of a voter or learner to {@link Leads}: the term it knows, and how far its log and its state are. */
    record Follows(long term, long appended, long committed) implements RaftMessage {}

    /** From the leader: become a learner, to vote later. */
    record Invite(MemberId cluster, List<MemberId> voters) implements RaftMessage {}

    /**
     * A candidate asks for a vote for {@code term}.
     *
     * @param trial it only wants to know whether it would get the vote; nobody's term changes
     */
    record AskVote(MemberId cluster, long term, long lastTerm, long lastIndex, boolean trial) implements RaftMessage {}

    /** Answer to {@link AskVote}; {@code known} is the sender's own term. */
    record Vote(long term, long known, boolean trial, boolean granted) implements RaftMessage {}

    /** The sender is certain that {@code member} does not lead, or no longer: nobody need wait until it is missed. */
    record LeadsNoMore(MemberId member) implements RaftMessage {}

    /** One message of jgroups-raft. */
    record Frame(Value bytes) implements RaftMessage {
        @Override
        public boolean unordered() {
            return false;
        }
    }

    /**
     * What a {@link Snapshot} is of.
     *
     * @param leaderTerm the term of the leader that hands it out
     * @param index the last entry in it
     * @param term that entry's term
     * @param voters who votes as of that entry
     */
    record SnapshotHead(long leaderTerm, long index, long term, List<MemberId> voters) {}

    /** A piece of a {@link Snapshot}; the sender numbers its snapshots by {@code id}. */
    record SnapshotPart(long id, int number, boolean last, SnapshotHead head, Value pieces) implements RaftMessage {
        @Override
        public boolean unordered() {
            return false;
        }
    }

    /** Part {@code number} has come. */
    record SnapshotTaken(long id, int number) implements RaftMessage {}

    @Override
    default boolean unordered() {
        return true;
    }
}
