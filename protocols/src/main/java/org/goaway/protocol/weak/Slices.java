package org.goaway.protocol.weak;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.goaway.protocol.MemberId;

/**
 * Condenses replicas, so that members find what is different without sending it. The fields of an object are dealt out to
 * slices by name; the digest of a slice is the sum of the scrambled versions in it. A version belongs to one set of one
 * field, so names need not go in, and a sum does not depend on the order. Two slices that differ have the same digest once
 * in 2^64 times.
 *
 * <p>The idea is that of Merkle, "A digital signature based on a conventional encryption function", 1987, with one level.
 */
final class Slices {

    /** As many fields as may be named for one that differs. */
    private static final int FIELDS_A_SLICE = 64;

    private static final int MOST = 1 << 20;

    private Slices() {}

    /** Into how many slices an object of so many fields is cut: a power of two. */
    static int count(int fields) {
        int wanted = Math.max(1, Math.min(fields / FIELDS_A_SLICE, MOST));
        return Integer.highestOneBit(wanted);
    }

    /** The slice of a field, one of {@code slices}. */
    static int slice(String field, int slices) {
        int hash = field.hashCode() * 0x9E3779B9;
        return (hash ^ (hash >>> 16)) & (slices - 1);
    }

    /** The digest of each slice, without what is doubtful. */
    static long[] digests(Replica replica, int slices) {
        long[] digests = new long[slices];
        replica.forEach((field, version, value) -> digests[slice(field, slices)] += scrambled(version));
        return digests;
    }

    /**
     * What this replica has where the question's digests are not its own. Where they are its own with all that is doubtful,
     * that is doubtful no more.
     */
    static Differing.Part differing(Replica replica, Compare.Part asked) {
        if (replica.mayHaveDoubtful()) {
            trust(replica, asked);
        }
        long[] own = digests(replica, asked.slices());
        Set<Integer> slices = new TreeSet<>();
        for (int i = 0; i < asked.digests().size(); i++) {
            if (own[asked.first() + i] != asked.digests().get(i)) {
                slices.add(asked.first() + i);
            }
        }
        TreeMap<String, WeakVersion> versions = new TreeMap<>();
        if (!slices.isEmpty()) {
            replica.forEach((field, version, value) -> {
                if (slices.contains(slice(field, asked.slices()))) {
                    versions.put(field, version);
                }
            });
        }
        return new Differing.Part(slices, versions);
    }

    private static void trust(Replica replica, Compare.Part asked) {
        long[] all = new long[asked.slices()];
        replica.forEachEvenDoubtful((field, version, value) -> all[slice(field, asked.slices())] += scrambled(version));
        replica.forEachEvenDoubtful((field, version, value) -> {
            int slice = slice(field, asked.slices());
            int number = slice - asked.first();
            if (number >= 0
                    && number < asked.digests().size()
                    && asked.digests().get(number) == all[slice]) {
                replica.doubt(field, version, false);
            }
        });
    }

    private static long scrambled(WeakVersion version) {
        MemberId writer = version.writer();
        return scrambled(version.count() ^ scrambled(writer.low() ^ scrambled(writer.high())));
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long scrambled(long bits) {
        long z = bits + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
