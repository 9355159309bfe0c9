package org.goaway.internal.node;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.cluster.Membership;
import org.goaway.internal.cluster.RaftLog;
import org.goaway.protocol.MemberId;

/**
 * Keeps the Raft group complete: the leader's node replaces voters that the epoch has dropped by other members, and lets the
 * group grow as members come. What {@link Voters#replace} says has to stay the same for a while: who was dropped may be back
 * soon, and a cluster that forms changes much. On the event loop only.
 */
final class Electorate {

    private static final Logger LOG = LogManager.getLogger(Electorate.class);

    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final MemberId self;
    private final Membership membership;
    private final RaftLog log;
    private final Supplier<Set<MemberId>> epoch;
    private List<MemberId> wished = List.of();
    private long since;
    private long lookedAt;
    private boolean changing;

    /** @param epoch the members of the epoch that this member knows */
    Electorate(MemberId self, Membership membership, RaftLog log, Supplier<Set<MemberId>> epoch) {
        this.self = self;
        this.membership = membership;
        this.log = log;
        this.epoch = epoch;
    }

    /** @param wanted how many members are to vote */
    void onTick(long nanos, int wanted) {
        if (nanos - lookedAt < EVERY_NANOS) {
            return;
        }
        lookedAt = nanos;
        if (changing
                || epoch.get().isEmpty()
                || log.leader().filter(self::equals).isEmpty()) {
            wished = List.of();
            return;
        }
        List<MemberId> now = Voters.replace(log.voters(), candidates(), wanted);
        if (Set.copyOf(now).equals(Set.copyOf(log.voters()))) {
            wished = List.of();
        } else if (!now.equals(wished)) {
            wished = now;
            since = nanos;
        } else if (nanos - since >= STABLE_NANOS) {
            change(now);
        }
    }

    /** Who can be reached, and voters that cannot but are members still: a vote is taken away by agreement only. */
    private List<MemberInfo> candidates() {
        Set<MemberId> members = epoch.get();
        List<MemberInfo> candidates = new ArrayList<>();
        Set<MemberId> seen = new HashSet<>();
        for (MemberInfo info : membership.members()) {
            if (members.contains(info.id()) && seen.add(info.id())) {
                candidates.add(info);
            }
        }
        for (MemberId voter : log.voters()) {
            if (members.contains(voter) && seen.add(voter)) {
                candidates.add(MemberInfo.unseen(voter));
            }
        }
        return candidates;
    }

    private void change(List<MemberId> next) {
        LOG.info("voters are to be {} instead of {}", next, log.voters());
        changing = true;
        wished = List.of();
        var unused = log.changeVoters(next).whenComplete((done, failure) -> {
            changing = false;
            if (failure != null) {
                LOG.info("the voters were not changed: {}", failure.getMessage());
            }
        });
    }
}
