package org.goaway.protocol.coordination;

import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/**
 * How the wait of a place ended.
 *
 * @param place the place's number at its member
 * @param index at a barrier that opened: how many parties were still missing after this one
 * @param lost the member for whose loss the wait ended; null: for none
 */
public record Ended(long place, How how, int index, MemberId lost) implements Message {

    /** The ways a wait can end. */
    public enum How {
        /** The barrier opened, the permit was granted, the latch was at zero. */
        PASSED,
        /** No permit was free, and the place was not to wait. */
        REFUSED,
        /** A party that waited at the barrier has given up. */
        BROKEN,
        /** A member was lost that was, or may have been, a party of the barrier. */
        MEMBER_LEFT,
        /** Its own thread has given up; what it may have got was given back. */
        TAKEN_BACK,
        /** The permit was granted, but taken from its member when that left: kept in the log, told to nobody. */
        FORFEITED
    }

    static Ended of(long place, How how) {
        return new Ended(place, how, 0, null);
    }
}
