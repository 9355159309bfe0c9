package org.goaway.protocol.membership;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.goaway.protocol.membership.EpochMessage.LeaseGranted;

/**
 * When to ask for the lease, and which answers count (PROTOCOLS.md 1.2). The lease runs from the sending of the request
 * on this member's monotonic clock; whenever the wall clock says that this clock stood still since, as on a host that
 * slept, or this loop came late, the lease is dropped and what was asked before counts no more. One writer: the event loop.
 */
class Renewals {

    private static final int REMEMBERED = 32;

    /** When a request was sent, by both clocks. */
    private record Sent(long nanos, long millis) {}

    private final EpochPorts ports;
    private final LeaseTimes times;
    private final MemberLease lease;
    private final Map<Long, Sent> unanswered = new LinkedHashMap<>();
    private Sent base;
    private Sent latest;
    private long heard;
    private long tickedAt;

    Renewals(EpochPorts ports, LeaseTimes times) {
        this.ports = ports;
        this.times = times;
        this.lease = new MemberLease(ports.clock());
        this.tickedAt = ports.clock().nanos();
    }

    LeaseTimes times() {
        return times;
    }

    MemberLease lease() {
        return lease;
    }

    /** The {@code sent} of the last grant that was heard of, whether it counted or not; 0: none. */
    long heard() {
        return heard;
    }

    /** Before anything else is done on the loop: whether time has passed which the lease did not count. It is dropped then. */
    boolean watch(boolean tick) {
        long now = ports.clock().nanos();
        boolean late = tick && now - tickedAt > times.latestTick();
        boolean stood = late || (base != null && slept(base));
        if (stood) {
            dropLease();
        }
        if (tick) {
            tickedAt = now;
        }
        return stood;
    }

    private boolean slept(Sent since) {
        long monotonic = ports.clock().nanos() - since.nanos;
        long wall = TimeUnit.MILLISECONDS.toNanos(ports.wallMillis().getAsLong() - since.millis);
        return Math.abs(wall - monotonic) > times.unnoticedSleep();
    }

    boolean isDue() {
        long now = ports.clock().nanos();
        boolean asked = latest != null && now - latest.nanos < times.repeat();
        boolean fresh = lease.isHeld() && base != null && now - base.nanos < times.renew();
        return !asked && !fresh;
    }

    /** The last request reached nobody who could grant it. */
    void askAgain() {
        latest = null;
    }

    /** Remembers a request; the value is to be sent with it. */
    long ask() {
        latest = new Sent(ports.clock().nanos(), ports.wallMillis().getAsLong());
        unanswered.put(latest.nanos, latest);
        if (unanswered.size() > REMEMBERED) {
            unanswered.remove(unanswered.keySet().iterator().next());
        }
        return latest.nanos;
    }

    /**
     * A request was granted, and the epoch in which it was is learned.
     *
     * @return whether that is news: a late grant is none
     */
    boolean onGranted(LeaseGranted grant) {
        heard = grant.sent();
        Sent sent = unanswered.remove(grant.sent());
        if (sent == null || slept(sent) || (base != null && base.nanos - sent.nanos >= 0)) {
            return false;
        }
        base = sent;
        lease.lastUntil(sent.nanos + times.lease());
        return lease.isHeld();
    }

    /** No lease until a request sent from now on is granted. */
    void dropLease() {
        lease.drop();
        unanswered.clear();
        base = null;
        latest = null;
    }
}
