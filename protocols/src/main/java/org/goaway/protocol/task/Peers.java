package org.goaway.protocol.task;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.goaway.protocol.MemberId;

/** The members of which a spawner has heard, each from then on. */
final class Peers {

    private final Map<MemberId, Peer> byId = new LinkedHashMap<>();

    /** @param nanos what time it is, for one that was not known */
    Peer get(MemberId member, long nanos) {
        return byId.computeIfAbsent(member, any -> new Peer(member, nanos));
    }

    Collection<Peer> all() {
        return List.copyOf(byId.values());
    }

    Set<MemberId> those(Predicate<Peer> wanted) {
        return byId.values().stream().filter(wanted).map(peer -> peer.id).collect(Collectors.toSet());
    }

    /** How many tasks are at any of them. */
    int tasks() {
        return byId.values().stream().mapToInt(Peer::tasks).sum();
    }
}
