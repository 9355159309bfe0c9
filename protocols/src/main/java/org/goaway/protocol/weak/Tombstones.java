package org.goaway.protocol.weak;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * The removals that are remembered here, by the round at whose beginning they were here. Belongs to the loop.
 *
 * <p>In the first of three rounds whoever spreads a removal comes to know it, in the second all get it, in the third all that
 * was read before that arrives. See docs/design/weak.md.
 */
final class Tombstones {

    private static final int ROUNDS = 3;

    private final Copies copies;
    private final Deque<Set<Copies.Removal>> rounds = new ArrayDeque<>();

    Tombstones(Copies copies) {
        this.copies = copies;
    }

    /** A round begins, all before are held: what was here three rounds ago is forgotten. */
    void beginRound() {
        rounds.addLast(copies.takeRemovals());
        if (rounds.size() > ROUNDS) {
            rounds.removeFirst().forEach(copies::forget);
        }
    }

    boolean isEmpty() {
        return rounds.stream().allMatch(Set::isEmpty) && !copies.hasRemovals();
    }

    /**
     * The rounds until now are void. What they had counts as here at the beginning of the epoch's first round and not before it:
     * it may have been removed in that, and have come before the epoch was known here.
     */
    void beginEpoch() {
        rounds.forEach(copies::putBack);
        rounds.clear();
    }
}
