package org.goaway.internal.node;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.goaway.internal.cluster.EventLoop;
import org.goaway.internal.cluster.GroupChannel;
import org.goaway.protocol.MemberId;

/** What tests do to one node; see {@link Faults}. */
record Harm(Node node, GroupChannel channel, EventLoop loop) {

    /** It hears nothing of these members from now on, and everything of all others. */
    void cutOff(Set<MemberId> members) {
        channel.cutOff(members);
    }

    /** It hears nothing, says nothing and decides nothing until {@code over} has ended. */
    void standStill(CompletableFuture<Void> over) {
        channel.silence(true);
        loop.execute(over::join);
        var unused = over.thenRun(() -> channel.silence(false));
    }

    /** It ends as a killed process does, which says nothing any more. */
    void die() {
        channel.silence(true);
        node.end();
    }
}
