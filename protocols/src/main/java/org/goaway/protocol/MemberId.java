package org.goaway.protocol;

import java.util.Comparator;

/**
 * One incarnation of a member: a process that starts again is another member.
 *
 * @param high the upper 64 bits of the member's address
 * @param low the lower 64 bits of the member's address
 */
public record MemberId(long high, long low) implements Comparable<MemberId> {

    private static final Comparator<MemberId> ORDER =
            Comparator.comparingLong(MemberId::high).thenComparingLong(MemberId::low);

    @Override
    public int compareTo(MemberId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return high == 0 ? "m" + low : "m" + Long.toHexString(high >>> 40);
    }
}
