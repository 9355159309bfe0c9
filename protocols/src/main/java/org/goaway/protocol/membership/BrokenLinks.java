package org.goaway.protocol.membership;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;

/**
 * Which members do not reach each other although the leader hears them all, and who of them has to go so that the others go
 * on. One writer: the event loop.
 */
class BrokenLinks {

    /** Two members, the lower one first: which of them told makes no difference. */
    record Link(MemberId one, MemberId other) {

        static Link of(MemberId one, MemberId other) {
            return one.compareTo(other) < 0 ? new Link(one, other) : new Link(other, one);
        }

        boolean ends(MemberId member) {
            return one.equals(member) || other.equals(member);
        }
    }

    /** What a member told, and when. */
    private record Told(Set<MemberId> unheard, long at) {}

    private final MemberId self;
    private final LeaseTimes times;
    private final Predicate<MemberId> precious;
    private final Map<MemberId, Told> told = new HashMap<>();
    private final Map<Link, Long> since = new HashMap<>();

    /**
     * @param self who leads: it stays
     * @param precious who stays rather than another with as many broken links
     */
    BrokenLinks(MemberId self, LeaseTimes times, Predicate<MemberId> precious) {
        this.self = self;
        this.times = times;
        this.precious = precious;
    }

    /** Forgets what was told. */
    void restart() {
        told.clear();
        since.clear();
    }

    /** A member tells from which others it has heard nothing for the time of a lease. */
    void onTold(MemberId from, Set<MemberId> unheard, long now) {
        told.put(from, new Told(unheard, now));
        update(now);
    }

    /** A link counts while it is told of and both its ends are heard here: who is silent is not cut off by its links. */
    private void update(long now) {
        told.values().removeIf(last -> now - last.at >= times.wishLasts());
        Set<Link> broken = new HashSet<>();
        told.forEach((from, last) ->
                last.unheard.stream().filter(told::containsKey).forEach(other -> broken.add(Link.of(from, other))));
        since.keySet().retainAll(broken);
        broken.forEach(link -> since.putIfAbsent(link, now));
    }

    /** Whether the member is to go, and to get no lease meanwhile. */
    boolean isApart(MemberId member, Epoch epoch, long now) {
        update(now);
        return !since.isEmpty() && apart(epoch, now).contains(member);
    }

    /**
     * One after the other whoever does not reach the leader, which stays, and then whoever has most broken links, as long as
     * a majority stays that the leader hears. Up to five members this makes the others whole whenever a majority can be. A
     * link has to be broken for a while before one of its ends goes; who of them is told by all that are broken, also lately:
     * a member that hears nobody misses one a little earlier than the next.
     */
    Set<MemberId> apart(Epoch epoch, long now) {
        List<Link> links = new ArrayList<>(since.keySet());
        links.removeIf(
                link -> !epoch.members().contains(link.one) || !epoch.members().contains(link.other));
        long stay = epoch.members().stream().filter(told::containsKey).count();
        Set<MemberId> apart = new TreeSet<>();
        while (links.stream().anyMatch(link -> counts(link, now))
                && 2 * (stay - 1) > epoch.members().size()) {
            MemberId worst = worst(links, epoch, now);
            links.removeIf(link -> link.ends(worst));
            apart.add(worst);
            stay--;
        }
        return apart;
    }

    private boolean counts(Link link, long now) {
        return now - since.get(link) >= times.broken();
    }

    private MemberId worst(List<Link> links, Epoch epoch, long now) {
        return links.stream()
                .filter(link -> counts(link, now))
                .flatMap(link -> Stream.of(link.one, link.other))
                .filter(member -> !member.equals(self))
                .max(Comparator.<MemberId, Boolean>comparing(member -> links.contains(Link.of(self, member)))
                        .thenComparing(member ->
                                links.stream().filter(link -> link.ends(member)).count())
                        .thenComparing(member -> !precious.test(member))
                        .thenComparing(member -> epoch.joined().get(member))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }
}
