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
        /** It is a member no longer, and will not be again. */
        LEFT,
        /** It does not answer; it may be slow, cut off or gone. */
        SUSPECTED,
        /** It answers again after it was suspected. */
        REUNITED
    }

    public MembershipEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(member, "member");
        members = List.copyOf(members);
    }
}
