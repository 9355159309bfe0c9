package org.goaway.protocol.weak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.goaway.protocol.MemberId;

/**
 * Condenses a replica, so that members find what is different without sending it. The fields of an object are dealt out to
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

    /** Who asks has this many fields in no slice of its own: where there are more, it has few beside them, and sends those. */
    private static final int MOST_NAMED = 4 * FIELDS_A_SLICE;

    private final Replica replica;
    private final int count;
    private final Map<Integer, List<String>> fields = new HashMap<>();

    /**
     * Deals out the fields that the replica has now, by one walk over them. The versions are looked up later: what becomes of
     * these fields shows, new fields do not.
     */
    Slices(Replica replica, int count) {
        this.replica = replica;
        this.count = count;
        replica.forEachEvenDoubtful(
                (field, version, value) -> fields.computeIfAbsent(slice(field, count), absent -> new ArrayList<>())
                        .add(field));
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** Into how many slices an object of so many fields is cut: a power of two. */
    static int count(int fields) {
        int wanted = Math.max(1, Math.min(fields / FIELDS_A_SLICE, MOST));
        return Integer.highestOneBit(wanted);
    }

    /** The slice of a field, one of {@code slices}. */
    private static int slice(String field, int slices) {
        int hash = field.hashCode() * 0x9E3779B9;
        return (hash ^ (hash >>> 16)) & (slices - 1);
    }

    /** The digest of a slice, without what is doubtful. */
    long digest(int slice) {
        long[] digest = {0};
        forEachIn(slice, (field, version, value) -> digest[0] += scrambled(version));
        return digest[0];
    }

    /** Shows the fields of a slice, but no doubtful ones. */
    void forEachIn(int slice, Replica.Visitor visitor) {
        for (String field : fieldsIn(slice)) {
            replica.read(field, (version, value) -> visitor.visit(field, version, value));
        }
    }

    private List<String> fieldsIn(int slice) {
        return fields.getOrDefault(slice, List.of());
    }

    /**
     * What this replica has where the question's digests are not its own. Where they are its own with all that is doubtful,
     * that is doubtful no more.
     */
    Differing.Part differing(Compare.Part asked) {
        Set<Integer> slices = new TreeSet<>();
        Map<String, WeakVersion> versions = new TreeMap<>();
        for (int i = 0; i < asked.digests().size(); i++) {
            int slice = asked.first() + i;
            long digest = asked.digests().get(i);
            if (replica.mayHaveDoubtful()) {
                trust(slice, digest);
            }
            if (digest(slice) != digest) {
                slices.add(slice);
                if (fieldsIn(slice).size() <= MOST_NAMED) {
                    forEachIn(slice, (field, version, value) -> versions.put(field, version));
                }
            }
        }
        return new Differing.Part(slices, versions);
    }

    private void trust(int slice, long digest) {
        Map<String, WeakVersion> all = new HashMap<>();
        for (String field : fieldsIn(slice)) {
            WeakVersion version = replica.version(field);
            if (version != null) {
                all.put(field, version);
            }
        }
        if (all.values().stream().mapToLong(Slices::scrambled).sum() == digest) {
            all.forEach((field, version) -> replica.doubt(field, version, false));
        }
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
