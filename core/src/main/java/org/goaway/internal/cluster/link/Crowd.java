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
 * @param <O> where from
 */
final class Crowd<T, O> {

    private final int most;
    private final Map<T, O> present = new LinkedHashMap<>();

    Crowd(int most) {
        this.most = most;
    }

    /** One more has come; returns who has to go for that, null if nobody. */
    synchronized T enter(T who, O from) {
        T leaver = present.size() < most ? null : oldestOf(mostFrequent(from));
        if (leaver != null) {
            present.remove(leaver);
        }
        present.put(who, from);
        return leaver;
    }

    private O mostFrequent(O next) {
        Map<O, Integer> counts = new HashMap<>();
        counts.put(next, 1);
        present.values().forEach(origin -> counts.merge(origin, 1, Integer::sum));
        return present.values().stream()
                .max(Comparator.comparingInt(counts::get))
                .orElseThrow();
    }

    private T oldestOf(O origin) {
        return present.entrySet().stream()
                .filter(one -> one.getValue().equals(origin))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /** This one is a member, or gone; false: it had to make room, or has left before. */
    synchronized boolean leave(T who) {
        return present.remove(who) != null;
    }

    synchronized List<T> all() {
        return new ArrayList<>(present.keySet());
    }
}
