package org.goaway.internal.node;

import org.goaway.internal.cluster.EventLoop;
import org.goaway.internal.cluster.GroupChannel;
import org.goaway.protocol.MemberId;

/** What a node does once it is certain that a member's process has ended: nobody waits until that one is missed. */
record EndedProcesses(
        EventLoop loop, GroupChannel channel, NodeProtocols protocols, Departures departures, VoterKeeper voterKeeper) {

    /** Lets others tell of them; to be called before the node opens. */
    void hear() {
        channel.transport().route(ProcessEnded.class, (from, ended) -> onEnded(ended.member()));
    }

    private void onEnded(MemberId member) {
        departures.onEnded(member);
        voterKeeper.onEnded(member);
    }

    /** This node knows of one, and tells the others. Any thread. */
    void tell(MemberId member) {
        loop.execute(() -> {
            protocols.epochs().onEnded(member);
            onEnded(member);
            channel.transport().multicast(protocols.members(), new ProcessEnded(member));
            channel.log().onEnded(member);
        });
    }
}
