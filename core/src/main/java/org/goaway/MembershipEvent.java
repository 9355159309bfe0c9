package org.goaway;

import java.util.List;
import java.util.Objects;

/**
 * What happened to a member, as this member saw it. Others may see it sooner or later.
 *
 * @param type what happened
 * @param member to whom
 * @param members the members after it, in the order of {@link Cluster#members()}
 */
public record MembershipEvent(Type type, Member member, List<Member> members) {

    /** What can happen to a member. */
    public enum Type {
        /** It is a member now. */
        JOINED,
        /**
         * It is a member no longer: what it held is released, what it had not finished is lost. If it was only cut off, it
         * comes back by itself.
         */
        LEFT,
        /** It does not answer; it may be slow, cut off or gone. It is a member still, until the cluster agrees otherwise. */
        SUSPECTED,
        /** It answers again after it was suspected, or is a member again after it had left. */
        REUNITED
    }

    public MembershipEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(member, "member");
        members = List.copyOf(members);
    }
}
