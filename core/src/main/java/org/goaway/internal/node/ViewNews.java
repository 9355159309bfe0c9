package org.goaway.internal.node;

import org.goaway.internal.cluster.EventLoop;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.cluster.Membership;

/**
 * What a node does when its view changes. Who is back can be given tasks before programs are shown it, and who is lost is shown
 * to none any more when its tasks go elsewhere.
 */
record ViewNews(NodeProtocols protocols, Departures departures, Members members, Programs programs, EventLoop loop)
        implements Membership.Listener {

    @Override
    public void joined(MemberInfo member) {
        protocols.onPresent(member.id());
        try {
            departures.onSeen(member.id());
        } finally {
            members.joined(member);
        }
        programs.onSeen(member);
    }

    @Override
    public void left(MemberInfo member) {
        members.left(member);
        protocols.onGone(member.id());
        departures.onUnseen(member.id(), loop.nanos());
        programs.onUnseen(member);
    }

    @Override
    public void renamed(MemberInfo member) {
        members.renamed(member);
    }
}
