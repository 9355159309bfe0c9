package org.goaway.internal.cluster.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is at the door and has not proved yet to be a member, the oldest first. There is a limit, at which the oldest gives way
 * of the origin that has most there: so one stranger that takes all places takes them from itself. Safe for any thread.
 *
 * @param <T> who comes
 * @param <O> a part of where from
 */
final class Crowd<T, O> {

    private final int most;
    private final Map<T, List<O>> present = new LinkedHashMap<>();

    Crowd(int most) {
        this.most = most;
    }

    /**
     * One more has come; returns who has to go for that, null if nobody.
     *
     * @param from where from, the widest first: of the wide origin that has most the narrow one that has most gives way
     */
    synchronized T enter(T who, List<O> from) {
        T leaver = present.size() < most ? null : oldestOfMost(from);
        if (leaver != null) {
            present.remove(leaver);
        }
        present.put(who, from);
        return leaver;
    }

    private T oldestOfMost(List<O> next) {
        List<Map.Entry<T, List<O>>> candidates = new ArrayList<>(present.entrySet());
        for (int i = 0; i < next.size(); i++) {
            int width = i;
            Map<O, Integer> counts = new HashMap<>();
            counts.put(next.get(width), 1);
            candidates.forEach(one -> counts.merge(one.getValue().get(width), 1, Integer::sum));
            O mostFrequent = candidates.stream()
                    .map(one -> one.getValue().get(width))
                    .max(Comparator.comparingInt(counts::get))
                    .orElseThrow();
            candidates.removeIf(one -> !one.getValue().get(width).equals(mostFrequent));
        }
        return candidates.get(0).getKey();
    }

    /** This one is a member, or gone; false: it had to make room, or has left before. */
    synchronized boolean leave(T who) {
        return present.remove(who) != null;
    }

    synchronized List<T> all() {
        return new ArrayList<>(present.keySet());
    }
}
