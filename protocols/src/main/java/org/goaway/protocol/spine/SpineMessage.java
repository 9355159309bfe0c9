package org.goaway.protocol.spine;

import java.util.List;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/** What members tell each other to get commands into the log and answers back. */
public sealed interface SpineMessage extends Message {

    /** To the leader: append these. */
    record Submit(List<Command> commands) implements SpineMessage {}

    /** From the leader: the answers to the receiver's commands. */
    record Replies(List<Reply> replies) implements SpineMessage {}

    /**
     * From a member that got these of the receiver's commands and does not lead, or whose log did not take them, or may have.
     *
     * @param leader null: the member does not know who leads
     */
    record NotLeading(MemberId leader, List<Long> sequences) implements SpineMessage {}

    /** To a voter: who leads? */
    record WhoLeads() implements SpineMessage {}

    /** Answer to {@link WhoLeads}; null: the voter does not know either. */
    record Leads(MemberId leader) implements SpineMessage {}

    @Override
    default boolean unordered() {
        return true;
    }
}
