package org.goaway.internal.node;

import java.util.ArrayList;
import java.util.List;
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
        List<MemberId> spawners = ids(members.stream().filter(MemberInfo::spawner));
        if (servers.size() == 1) {
            return servers;
        }
        List<MemberId> candidates = new ArrayList<>(servers);
        candidates.addAll(spawners);
        int count = Math.min(wanted, candidates.size());
        return List.copyOf(candidates.subList(0, count % 2 == 1 ? count : count - 1));
    }

    private static List<MemberId> ids(Stream<MemberInfo> members) {
        return members.map(MemberInfo::id).toList();
    }
}
