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

    /** From a member that got a {@link Submit} without leading; null: it does not know who does. */
    record NotLeading(MemberId leader) implements SpineMessage {}

    /** To a voter: who leads? */
    record WhoLeads() implements SpineMessage {}

    /** Answer to {@link WhoLeads}; null: the voter does not know either. */
    record Leads(MemberId leader) implements SpineMessage {}

    @Override
    default boolean unordered() {
        return true;
    }
}
