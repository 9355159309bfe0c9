package org.goaway.internal.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.goaway.protocol.MemberId;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.stack.Protocol;

/**
 * Sits below jgroups-raft in its fork and shows it a group of voters only: those members of the channel's view that vote
 * and have started their Raft. So the first voter runs the elections, a majority in the view is one of voters that answer,
 * and members that do not vote need no Raft and get none of its messages: a multicast leaves as one unicast for each voter.
 *
 * <p>The first view is held back until all voters of the channel's view have started (or {@link #settle} says that this
 * takes too long): voters that see each other one by one would each begin an election of their own.
 */
final class VotersOnly extends Protocol {

    private final Set<MemberId> started = new HashSet<>();
    private View channelView;
    private Set<MemberId> expected = Set.of();
    private boolean open;
    private boolean settled;
    private volatile List<Address> voters = List.of();

    /** Keeps the fork channel from showing the channel's whole view to those below it; goes on top. */
    static final class Lid extends Protocol {
        @Override
        public Object down(Event event) {
            return event.getType() == Event.VIEW_CHANGE ? null : down_prot.down(event);
        }
    }

    /** Begins to show views in which these vote. */
    synchronized void open(View view, List<MemberId> allVoters) {
        channelView = newer(view, channelView);
        expected = Set.copyOf(allVoters);
        open = true;
        show();
    }

    /** This voter has started its Raft. True the first time. */
    synchronized boolean start(MemberId voter) {
        boolean news = started.add(voter);
        if (news && open) {
            show();
        }
        return news;
    }

    /** Shows who has started by now even if others have not. */
    synchronized void settle() {
        if (open && !settled) {
            settled = true;
            show();
        }
    }

    /** Whether it is known that this voter has started. */
    synchronized boolean hasStarted(MemberId voter) {
        return started.contains(voter);
    }

    @Override
    public Object up(Event event) {
        if (event.getType() != Event.VIEW_CHANGE) {
            return up_prot.up(event);
        }
        synchronized (this) {
            channelView = event.getArg();
            if (open) {
                show();
            }
        }
        return null;
    }

    /** A view may have come here after the caller of {@link #open} looked at the channel's. */
    private static View newer(View one, View other) {
        return other == null || one.getViewId().compareToIDs(other.getViewId()) > 0 ? one : other;
    }

    private void show() {
        List<Address> now = new ArrayList<>();
        boolean all = true;
        for (Address address : channelView.getMembersRaw()) {
            MemberId member = Dispatcher.memberOf(address);
            if (started.contains(member)) {
                now.add(address);
            } else {
                all &= !expected.contains(member);
            }
        }
        settled |= all;
        if (settled && !now.equals(voters) && !now.isEmpty()) {
            voters = List.copyOf(now);
            up_prot.up(new Event(Event.VIEW_CHANGE, new View(channelView.getViewId(), now)));
        }
    }

    @Override
    public Object down(Message message) {
        if (message.getDest() != null) {
            return down_prot.down(message);
        }
        boolean selfToo = !message.isFlagSet(Message.TransientFlag.DONT_LOOPBACK);
        for (Address voter : voters) {
            if (selfToo || !voter.equals(local_addr)) {
                Message copy = message.copy(true, true).setDest(voter);
                copy.clearFlag(Message.TransientFlag.DONT_LOOPBACK);
                down_prot.down(copy);
            }
        }
        return null;
    }
}
