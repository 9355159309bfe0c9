package org.goaway.internal.node;

import java.util.List;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/** What a founder and the members it found tell each other; all are requests and their answers. */
sealed interface FoundingMessage extends Message {

    /** The sender wants to found a cluster: would the receiver join it? Changes nothing. */
    record Ask() implements FoundingMessage {}

    /** The sender founds a cluster of the members that it sees; these vote. */
    record Join(List<MemberId> voters) implements FoundingMessage {}

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
