package org.goaway.protocol.weak;

import java.util.Comparator;
import org.goaway.protocol.MemberId;

/**
 * The version of a weak field. Total: no two sets have the same.
 *
 * @param count the writer's Lamport counter at the set: higher than that of every set that the writer had seen
 * @param writer decides between sets that did not see each other
 */
public record WeakVersion(long count, MemberId writer) implements Comparable<WeakVersion> {

    private static final Comparator<WeakVersion> ORDER =
            Comparator.comparingLong(WeakVersion::count).thenComparing(WeakVersion::writer);

    @Override
    public int compareTo(WeakVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "<" + count + "," + writer + ">";
    }
}
