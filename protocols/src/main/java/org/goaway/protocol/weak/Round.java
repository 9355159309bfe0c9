package org.goaway.protocol.weak;

import java.util.Comparator;

/** A round of collecting tombstones: rounds are counted anew in each epoch; 0 is before the first. */
public record Round(long epoch, long number) implements Comparable<Round> {

    private static final Comparator<Round> ORDER =
            Comparator.comparingLong(Round::epoch).thenComparingLong(Round::number);

    /** Before any epoch. */
    static final Round NONE = new Round(0, 0);

    @Override
    public int compareTo(Round other) {
        return ORDER.compare(this, other);
    }
}
