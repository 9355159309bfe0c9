package org.goaway.internal.node;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.goaway.internal.cluster.Membership;
import org.goaway.protocol.Epoch;

/**
 * The order in which who is here comes to be known: first what it means for tasks, then programs are shown it. A task that a
 * program starts for what it has just been shown is not taken for one that was there before, and not refused at a member that is
 * back. Where those go that were there is settled later, when it is known who else is here.
 */
record Presence(Departures departures, Members members, LongSupplier nanos) {

    /** What is to learn of the view. */
    List<Membership.Listener> listeners() {
        return List.of(
                new ViewNews(departures::onSeen, member -> departures.onUnseen(member, nanos.getAsLong())), members);
    }

    /** What is to learn of an epoch. */
    List<Consumer<Epoch>> learners() {
        return List.of(departures::onEpoch, members::onEpoch);
    }
}
