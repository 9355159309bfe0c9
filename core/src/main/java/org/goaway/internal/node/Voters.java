package org.goaway.internal.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.protocol.MemberId;

/** Who votes in the Raft group: servers, in the order in which they came; an odd number. */
final class Voters {

    private Voters() {}

    /**
     * At most {@code wanted} of the members. Spawners are taken last: a server outlives the program. With two servers the
     * spawner is the third voter, with one that server is the only one.
     */
    static List<MemberId> choose(List<MemberInfo> members, int wanted) {
        List<MemberId> servers = ids(members.stream().filter(member -> !member.spawner()));
        if (servers.size() == 1) {
            return servers;
        }
        List<MemberId> candidates = candidates(members);
        int count = Math.min(wanted, candidates.size());
        return List.copyOf(candidates.subList(0, count % 2 == 1 ? count : Math.max(0, count - 1)));
    }

    /**
     * Who should vote now that {@code members} are there, if {@code voters} do: as few changes as possible. A voter that is
     * gone is replaced if somebody can take its place, else it keeps its vote, since it may come back; a spawner gives way
     * to a server; the group grows up to {@code wanted} by two at a time. An even number is what a change left that came to
     * no end, and is mended.
     */
    static List<MemberId> replace(List<MemberId> voters, List<MemberInfo> members, int wanted) {
        Set<MemberId> spawners =
                members.stream().filter(MemberInfo::spawner).map(MemberInfo::id).collect(Collectors.toSet());
        List<MemberId> present = ids(members.stream());
        List<MemberId> next = new ArrayList<>(voters);
        List<MemberId> spare = candidates(members);
        spare.removeAll(voters);
        for (MemberId voter : voters) {
            boolean gone = !present.contains(voter);
            boolean takenByServer = !spare.isEmpty() && !spawners.contains(spare.get(0));
            if ((gone && !spare.isEmpty()) || (spawners.contains(voter) && takenByServer)) {
                next.set(next.indexOf(voter), spare.remove(0));
            }
        }
        if (next.size() % 2 == 0) {
            mend(next, spare, present, wanted);
        }
        int grown = choose(members, wanted).size();
        while (next.size() + 2 <= grown && spare.size() >= 2) {
            next.add(spare.remove(0));
            next.add(spare.remove(0));
        }
        return List.copyOf(next);
    }

    private static void mend(List<MemberId> even, List<MemberId> spare, List<MemberId> present, int wanted) {
        if (even.size() < wanted && !spare.isEmpty()) {
            even.add(spare.remove(0));
            return;
        }
        Predicate<MemberId> isGone = voter -> !present.contains(voter);
        even.remove(even.stream().filter(isGone).findFirst().orElseGet(() -> even.get(even.size() - 1)));
    }

    /** Servers, then spawners. */
    private static List<MemberId> candidates(List<MemberInfo> members) {
        List<MemberId> candidates = new ArrayList<>(ids(members.stream().filter(member -> !member.spawner())));
        candidates.addAll(ids(members.stream().filter(MemberInfo::spawner)));
        return candidates;
    }

    private static List<MemberId> ids(Stream<MemberInfo> members) {
        return members.map(MemberInfo::id).toList();
    }
}
