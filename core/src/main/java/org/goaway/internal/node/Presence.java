package org.goaway.internal.node;

import java.util.List;
import java.util.function.Consumer;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.protocol.Epoch;

/**
 * The order in which who is here comes to be known. Who is back can be given tasks before programs are shown it: one that a
 * program binds to a member which it has just been shown must not be refused. Who is lost is shown to none any more when its
 * tasks go elsewhere, and who is new is among those to whom they can go. On the event loop only.
 */
record Presence(Departures departures, Members members) {

    void joined(MemberInfo member) {
        try {
            departures.onSeen(member.id());
        } finally {
            members.joined(member);
        }
    }

    void left(MemberInfo member, long nanos) {
        members.left(member);
        departures.onUnseen(member.id(), nanos);
    }

    void renamed(MemberInfo member) {
        members.renamed(member);
    }

    /** What is to learn of an epoch, one after the other. */
    List<Consumer<Epoch>> learners() {
        return List.of(departures::onEpoch, members::onEpoch, learned -> departures.afterEpoch());
    }
}
