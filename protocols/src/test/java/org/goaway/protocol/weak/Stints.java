package org.goaway.protocol.weak;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.kit.LocalCluster;

/** When members were out of the cluster, and when each set was made: which sets may return although a removal hides them. */
final class Stints {

    /** A set this long before its writer was out for the first time is not acknowledged for sure. */
    private static final long GRACE = Duration.ofSeconds(2).toNanos();

    private final LocalCluster cluster;
    private final Map<MemberId, Long> joined = new HashMap<>();
    private final Map<MemberId, Long> firstOut = new HashMap<>();
    private final Map<WeakVersion, Long> made = new HashMap<>();

    Stints(LocalCluster cluster) {
        this.cluster = cluster;
        joined.putAll(cluster.register().agreed().joined());
    }

    /** Looks who is in. */
    void observe() {
        Map<MemberId, Long> now = cluster.register().agreed().joined();
        for (MemberId member : cluster.members()) {
            Long before = joined.get(member);
            if (before == null || !before.equals(now.get(member))) {
                if (before == null || before > 0) {
                    firstOut.putIfAbsent(member, cluster.now());
                }
                joined.put(member, now.getOrDefault(member, 0L));
            }
        }
    }

    void made(WeakVersion version) {
        made.putIfAbsent(version, cluster.now());
    }

    /** Whether a member was ever out, or came later. */
    boolean wasOut(MemberId member) {
        return firstOut.containsKey(member);
    }

    /** Whether a member is out now, whatever it knows. */
    boolean isOut(MemberId member) {
        Long since = cluster.register().agreed().joined().get(member);
        return since == null || since > cluster.known(member);
    }

    /** Whether the others may never have heard of a set before its writer was out, perhaps several times in a row. */
    boolean isUnknown(WeakVersion version) {
        Long out = firstOut.get(version.writer());
        return out != null && made.get(version) >= out - GRACE;
    }
}
