package org.goaway.internal.node;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.goaway.metrics.MembershipMXBean;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.membership.MemberLease;

/** How a node stands in its cluster. Any thread. */
final class MembershipFigures implements MembershipMXBean {

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String cluster;
    private final MemberId self;
    private final Members members;
    private final Supplier<Optional<MemberId>> leader;
    private final MemberLease lease;
    private final LongAdder timesOut = new LongAdder();
    /** What follows belongs to the event loop. */
    private boolean out;

    private long known;

    MembershipFigures(
            String cluster, MemberId self, Members members, Supplier<Optional<MemberId>> leader, MemberLease lease) {
        this.cluster = cluster;
        this.self = self;
        this.members = members;
        this.leader = leader;
        this.lease = lease;
    }

    /** The node was told that the cluster goes on without it. On the event loop. */
    void onOut() {
        if (!out) {
            timesOut.increment();
        }
        out = true;
    }

    /** The node was told of an epoch that has it, which may be how it learns that it was out. On the event loop. */
    void onEpoch(Epoch learned) {
        if (!out && known != 0 && learned.entersAnew(self, known)) {
            timesOut.increment();
        }
        out = false;
        known = learned.number();
    }

    @Override
    public String getCluster() {
        return cluster;
    }

    @Override
    public String getMember() {
        return members.self().name();
    }

    @Override
    public int getMembers() {
        return members.epoch().map(epoch -> epoch.members().size()).orElse(0);
    }

    @Override
    public int getMembersPresent() {
        return members.present().size();
    }

    @Override
    public long getEpoch() {
        return members.epoch().map(Epoch::number).orElse(0L);
    }

    @Override
    public boolean isLeader() {
        return leader.get().filter(self::equals).isPresent();
    }

    @Override
    public boolean isLeaseHeld() {
        return lease.isHeld();
    }

    @Override
    public double getLeaseRemainingSeconds() {
        return lease.leftNanos() / NANOS;
    }

    @Override
    public long getTimesOut() {
        return timesOut.sum();
    }
}
