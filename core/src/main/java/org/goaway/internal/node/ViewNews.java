package org.goaway.internal.node;

import java.util.function.Consumer;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.cluster.Membership;
import org.goaway.protocol.MemberId;

/** What a part of a node does when a member comes into view or is out of it. */
record ViewNews(Consumer<MemberId> seen, Consumer<MemberId> unseen) implements Membership.Listener {

    @Override
    public void joined(MemberInfo member) {
        seen.accept(member.id());
    }

    @Override
    public void left(MemberInfo member) {
        unseen.accept(member.id());
    }
}
