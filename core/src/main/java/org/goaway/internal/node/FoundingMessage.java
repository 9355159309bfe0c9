package org.goaway.internal.node;

import java.util.List;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/** What a founder and the members it found tell each other; all are requests and their answers. */
sealed interface FoundingMessage extends Message {

    /** The sender founds a cluster of the members that it sees; these vote. */
    record Join(List<MemberId> voters) implements FoundingMessage {}

    /** The register holds this epoch: the cluster may begin. */
    record Begin(Epoch epoch) implements FoundingMessage {}

    /**
     * Answers both.
     *
     * @param refusal why not; null: done
     */
    record Answer(String refusal) implements FoundingMessage {}
}
