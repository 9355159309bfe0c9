package org.goaway.protocol.membership;

import java.time.Duration;

/**
 * The times that follow from the length of a lease, in nanoseconds. Clocks run wrong by at most a hundredth, each for
 * itself.
 */
record LeaseTimes(long lease) {

    private static final double DRIFT = 0.01;

    static LeaseTimes of(Duration lease) {
        return new LeaseTimes(lease.toNanos());
    }

    /**
     * A member renews when its lease is so old: often, so that what is left of it when the leader dies outlasts the election
     * of the next one, and reads go on.
     */
    long renew() {
        return lease / 8;
    }

    /** A member asks again after so long. */
    long repeat() {
        return lease / 8;
    }

    /** A loop that was silent for longer cannot tell what it missed. */
    long latestTick() {
        return lease / 2;
    }

    /** How much the wall clock may run ahead of or behind the monotonic one before the lease is dropped. */
    long unnoticedSleep() {
        return lease / 20;
    }

    /**
     * After so long on the leader's clock a lease is over: the leader's clock may be fast, the member's slow, and the member
     * may have slept without noticing (L2). The difference of its two clocks may hide drift of either.
     */
    long over() {
        return (long) (lease * (1 + DRIFT) / (1 - DRIFT)) + unnoticedSleep() + (long) (lease * 2 * DRIFT);
    }

    /** A member that was not renewed for so long is dropped, seen or not. */
    long silent() {
        return 2 * lease;
    }

    /** A peer is greeted again after so long. */
    long greet() {
        return lease / 4;
    }

    /**
     * A link that is told to be broken counts after so long: what was told while a loop stood still is corrected by then, for
     * peers greet each other and members ask for their lease more often.
     */
    long broken() {
        return lease / 2;
    }

    /** Renewals are gathered for so long into one entry. */
    long batch() {
        return lease / 16;
    }

    /** The log is not waited for longer than this before an entry is repeated. */
    long patience() {
        return lease / 4;
    }

    /** Changes are so far apart, so that several members share one. */
    long between() {
        return lease / 20;
    }

    /** A leader that leaves gives the others so much time to leave before it. */
    long lastToLeave() {
        return lease / 10;
    }

    /**
     * A member that could not learn an epoch wishes to come in again after so long: what was in its way may still be there, and
     * each change costs all others.
     */
    long recovery() {
        return lease;
    }

    /** A wish is repeated after so long. */
    long wish() {
        return lease / 16;
    }

    /** A wish is forgotten unless it is repeated within this time. */
    long wishLasts() {
        return lease / 2;
    }
}
