package org.goaway.protocol.membership;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.membership.EpochMessage.Heard;
import org.goaway.protocol.membership.EpochMessage.Hello;

/**
 * With whom this member exchanges messages in both directions. It greets each peer again and again; what a peer answers
 * shows that the greeting came there and the answer here, at a time not before the greeting was sent. One writer: the event
 * loop.
 */
class Contacts {

    private static final class Peer {
        private long waitedFrom;
        private boolean met;
        private long metAt;

        Peer(long now) {
            this.waitedFrom = now;
        }
    }

    private final MemberId self;
    private final EpochPorts ports;
    private final LeaseTimes times;
    private final Map<MemberId, Peer> peers = new TreeMap<>();
    private long greetedAt;
    private long tickedAt;

    Contacts(MemberId self, EpochPorts ports, LeaseTimes times) {
        this.self = self;
        this.ports = ports;
        this.times = times;
        this.tickedAt = ports.clock().nanos();
        this.greetedAt = tickedAt;
    }

    /** From now on these are of interest, and greeted at once those that were not before. */
    void onPeers(Collection<MemberId> members) {
        long now = ports.clock().nanos();
        peers.keySet().retainAll(members);
        Set<MemberId> others = new TreeSet<>(members);
        others.removeAll(peers.keySet());
        others.remove(self);
        others.forEach(other -> peers.put(other, new Peer(now)));
        ports.transport().multicast(others, new Hello(now));
    }

    void onHello(MemberId from, Hello hello) {
        ports.transport().send(from, new Heard(hello.sent()));
    }

    /** Returns whether this is the first that is heard of the peer. */
    boolean onHeard(MemberId from, Heard heard) {
        Peer peer = peers.get(from);
        if (peer == null || (peer.met && heard.sent() - peer.metAt <= 0)) {
            return false;
        }
        boolean first = !peer.met;
        peer.met = true;
        peer.metAt = heard.sent();
        return first;
    }

    void onTick(long now) {
        if (now - tickedAt > times.patience()) {
            // What the others said while this loop stood still is yet to be read.
            peers.values().forEach(peer -> peer.waitedFrom = now);
        }
        tickedAt = now;
        if (now - greetedAt >= times.greet()) {
            greetedAt = now;
            ports.transport().multicast(peers.keySet(), new Hello(now));
        }
    }

    /** The peers with which there was no contact for the time of a lease. */
    Set<MemberId> unheard() {
        long now = ports.clock().nanos();
        return those(peer -> now - peer.waitedFrom >= times.lease() && !isMet(peer, now));
    }

    /** The peers with which there was contact within the time of a lease. */
    Set<MemberId> heard() {
        long now = ports.clock().nanos();
        return those(peer -> isMet(peer, now));
    }

    private Set<MemberId> those(Predicate<Peer> which) {
        return peers.entrySet().stream()
                .filter(peer -> which.test(peer.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isMet(Peer peer, long now) {
        return peer.met && now - peer.metAt < times.lease();
    }
}
