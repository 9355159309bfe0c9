package org.goaway.protocol.task;

import java.util.Map;
import java.util.TreeMap;

/** A set of numbers with few gaps, as ranges. */
final class Numbers {

    /** The last of each range by its first. */
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    boolean contains(long number) {
        Map.Entry<Long, Long> range = ranges.floorEntry(number);
        return range != null && range.getValue() >= number;
    }

    void add(long number) {
        if (contains(number)) {
            return;
        }
        Map.Entry<Long, Long> below = ranges.floorEntry(number);
        Long lastAbove = ranges.remove(number + 1);
        long last = lastAbove == null ? number : lastAbove;
        boolean joins = below != null && below.getValue() == number - 1;
        ranges.put(joins ? below.getKey() : number, last);
    }

    /** Adds all numbers from 1 that are smaller. */
    void addBelow(long number) {
        if (number > 1) {
            Map.Entry<Long, Long> across = ranges.floorEntry(number);
            long last = across == null ? number - 1 : Math.max(number - 1, across.getValue());
            ranges.headMap(number, true).clear();
            ranges.put(1L, last);
        }
    }

    int ranges() {
        return ranges.size();
    }
}
