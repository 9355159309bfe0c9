package org.goaway.protocol;

import java.util.Comparator;

/**
 * The version of an entry: the epoch in which it was issued and a counter within that epoch.
 *
 * @param epoch 0 for what is absent
 * @param count starts at 1 in each epoch
 */
public record Version(long epoch, long count) implements Comparable<Version> {

    /** The version of what is absent: never written, or removed. */
    public static final Version NONE = new Version(0, 0);

    private static final Comparator<Version> ORDER =
            Comparator.comparingLong(Version::epoch).thenComparingLong(Version::count);

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "<" + epoch + "," + count + ">";
    }
}
