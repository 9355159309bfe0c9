package org.goaway.internal.node;

import java.util.List;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/** What a founder and the members it found tell each other; all are requests and their answers. */
sealed interface FoundingMessage extends Message {

    /** The sender wants to found a cluster: would the receiver join it? Changes nothing. */
    record Ask() implements FoundingMessage {}

    /**
     * The receiver is to belong to a cluster: the sender founds it, or leads it already and takes the receiver in.
     *
     * @param founder who founded it, which tells it from every other
     * @param log its replicated log: the first of those that voted at first
     * @param voters who votes
     * @param votersWanted how many are to vote where there are enough members
     * @param leaseNanos its members' lease
     * @param running whether it has begun before
     */
    record Join(
            MemberId founder, MemberId log, List<MemberId> voters, int votersWanted, long leaseNanos, boolean running)
            implements FoundingMessage {}

    /** The register holds this epoch: the cluster may begin. */
    record Begin(Epoch epoch) implements FoundingMessage {}

    /**
     * Answers all of them.
     *
     * @param refusal why not; null: yes
     * @param lasting whether it is no use to ask again soon
     */
    record Answer(String refusal, boolean lasting) implements FoundingMessage {

        static final Answer YES = new Answer(null, false);
    }
}
