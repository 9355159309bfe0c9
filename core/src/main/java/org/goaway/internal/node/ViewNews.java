package org.goaway.internal.node;

import org.goaway.internal.cluster.EventLoop;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.cluster.Membership;

/** What a node does when its view changes. */
record ViewNews(NodeProtocols protocols, Presence presence, Programs programs, EventLoop loop)
        implements Membership.Listener {

    @Override
    public void joined(MemberInfo member) {
        protocols.onPresent(member.id());
        presence.joined(member);
        programs.onSeen(member);
    }

    @Override
    public void left(MemberInfo member) {
        protocols.onGone(member.id());
        presence.left(member, loop.nanos());
        programs.onUnseen(member);
    }

    @Override
    public void renamed(MemberInfo member) {
        presence.renamed(member);
    }
}
