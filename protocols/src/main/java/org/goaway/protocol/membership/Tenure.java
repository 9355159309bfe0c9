package org.goaway.protocol.membership;

import java.util.HashMap;
import java.util.Map;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.membership.RegistrarMessage.LeaseRequest;

/**
 * What a leader knows since it leads: what the register holds, and of each member when its renewals were counted and when
 * it asked. Begins with nothing: who led before may have granted leases this member never heard of (L2). One writer: the
 * event loop.
 */
class Tenure {

    /** What is known of one member. */
    private static final class Watch {
        private long joined;
        private long count = -1;
        private long countedAt;
        private long askedAt;
        private long heard;
        private boolean unheard;
        private long unheardSince;
    }

    private final LeaseTimes times;
    private final BrokenLinks links;
    private final Map<MemberId, Watch> watches = new HashMap<>();
    private final long since;
    private long wokeAt;
    private Agreed agreed;

    Tenure(LeaseTimes times, BrokenLinks links, long now) {
        this.times = times;
        this.links = links;
        this.since = now;
        this.wokeAt = now;
    }

    /** What the register held when it last answered; null: it has not answered yet. */
    Agreed agreed() {
        return agreed;
    }

    /**
     * This member's loop had stopped: what the others said meanwhile is still to be read. Of leases that means nothing: those
     * that were granted meanwhile, by whomever, are counted in the register, which refuses a drop by an older count (C2a).
     */
    void restart(long now) {
        wokeAt = now;
        watches.values().forEach(watch -> {
            watch.askedAt = now;
            watch.unheard = false;
        });
        links.restart();
    }

    /**
     * An entry was applied. Its time is later than the sending of the requests in it, whoever appended it.
     *
     * @return whether there is a later epoch than before
     */
    boolean learn(Agreed state, long now) {
        Epoch before = agreed == null ? null : agreed.epoch();
        if (before != null && state.epoch().number() < before.number()) {
            return false;
        }
        agreed = state;
        watches.keySet().removeIf(member -> !state.renewals().containsKey(member));
        state.renewals().forEach((member, count) -> {
            Watch watch = watch(member, now);
            long joined = state.epoch().joined().get(member);
            // A count begins again with each stint: lower than before, or the same by chance, it is new all the same.
            if (watch.joined != joined || watch.count < count) {
                watch.joined = joined;
                watch.count = count;
                watch.countedAt = now;
            }
        });
        return before != null && state.epoch().number() > before.number();
    }

    private Watch watch(MemberId member, long now) {
        return watches.computeIfAbsent(member, absent -> {
            Watch watch = new Watch();
            watch.countedAt = now;
            watch.askedAt = now;
            return watch;
        });
    }

    /**
     * A member asks. Whether it is to be renewed: not if it keeps asking without ever hearing an answer, or is to go because
     * of its broken links.
     */
    boolean onRequest(MemberId member, LeaseRequest request, long now) {
        Watch watch = watch(member, now);
        if (watch.heard != request.heard() || now - watch.askedAt >= times.lease()) {
            watch.heard = request.heard();
            watch.unheard = false;
        }
        watch.askedAt = now;
        links.onTold(member, request.unheard(), now);
        return !isDeaf(watch, now) && !isApart(member, now);
    }

    /** The member is sent an answer. */
    void onGrant(MemberId member, long now) {
        Watch watch = watch(member, now);
        if (!watch.unheard) {
            watch.unheard = true;
            watch.unheardSince = now;
        }
    }

    private boolean isDeaf(Watch watch, long now) {
        return watch.unheard && now - watch.unheardSince >= times.silent();
    }

    /** Whether the member waits for its lease already: its renewal must not wait for others'. */
    boolean isUrgent(MemberId member, long now) {
        Watch watch = watches.get(member);
        return watch == null || watch.count <= 0 || now - watch.countedAt >= times.latestTick();
    }

    /** Whether the member has not asked, or not heard, for so long that it is no use to anybody. */
    boolean isSilent(MemberId member, long now) {
        Watch watch = watch(member, now);
        return now - watch.askedAt >= times.silent() || isDeaf(watch, now);
    }

    /** Whether other members do not reach this one, and it is the one to go. */
    boolean isApart(MemberId member, long now) {
        return agreed != null && links.isApart(member, agreed.epoch(), now);
    }

    /** Whether all members had the time to ask again since this member's loop stood still. */
    boolean hasCaughtUp(long now) {
        return now - wokeAt >= times.repeat();
    }

    /** L2: whether each lease that this member may have been granted is over, by this leader or one before. */
    boolean isLeaseOver(MemberId member, long now) {
        return now - since >= times.over() && now - watch(member, now).countedAt >= times.over();
    }

    /** How many renewals of the member were counted when the register last answered (C2a). */
    long renewals(MemberId member) {
        return agreed.renewals().getOrDefault(member, 0L);
    }
}
