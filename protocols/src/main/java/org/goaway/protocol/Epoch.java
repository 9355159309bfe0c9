package org.goaway.protocol;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An agreed record of who is in the cluster (PROTOCOLS.md 1.1).
 *
 * @param number rises by one with every record; the first is 1
 * @param joined the members, each with the number of the epoch in which it came in
 * @param full the members that held all data when this record was made; never changes within the record (C4), never empty (C3)
 */
public record Epoch(long number, Map<MemberId, Long> joined, List<MemberId> full) {

    public Epoch {
        joined = java.util.Collections.unmodifiableMap(new TreeMap<>(joined));
        full = List.copyOf(full);
        if (number < 1 || full.isEmpty() || !joined.keySet().containsAll(full)) {
            throw new IllegalArgumentException("epoch " + number + " with members " + joined + " and full " + full);
        }
    }

    /** The first epoch of a cluster that {@code members} found together: all of them are full. */
    public static Epoch founding(Set<MemberId> members) {
        Map<MemberId, Long> joined = new TreeMap<>();
        members.forEach(member -> joined.put(member, 1L));
        return new Epoch(1, joined, List.copyOf(joined.keySet()));
    }

    /** The members, in their natural order. */
    public Set<MemberId> members() {
        return joined.keySet();
    }

    /**
     * Whether {@code member} enters with this epoch as far as it can tell: it is new, or it was dropped since the epoch it
     * knows, perhaps without noticing. What it holds is void then (C6a).
     *
     * @param known the number of the epoch that it knows; 0: none
     */
    public boolean entersAnew(MemberId member, long known) {
        return joined.get(member) > known;
    }

    /**
     * The home of an object in this epoch: the full member with the highest hash of (member, object), so that load
     * spreads by name and few objects move when {@code full} changes (Thaler and Ravishankar, "Using name-based
     * mappings to increase hit rates", 1998).
     */
    public MemberId home(ObjectId object) {
        return full.stream()
                .max(Comparator.<MemberId>comparingLong(member -> weight(member, object))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static long weight(MemberId member, ObjectId object) {
        long hash = mix(member.high() ^ mix(member.low()));
        return mix(mix(hash, object.kind().name()), object.name());
    }

    private static long mix(long hash, String text) {
        long mixed = hash;
        for (int i = 0; i < text.length(); i++) {
            mixed = mix(mixed ^ text.charAt(i));
        }
        return mixed;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long bits) {
        long z = bits + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
