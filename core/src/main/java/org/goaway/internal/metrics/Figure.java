package org.goaway.internal.metrics;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * One figure by its name, as Micrometer would have it: words with dots between them, without the unit.
 *
 * @param unit empty for what is only counted
 * @param help what it says, in one clause
 * @param tags which cluster, member and kind of object it is about
 * @param total a gauge's value, a counter's count, or a timer's seconds in all
 * @param count a timer's count; else the total
 */
public record Figure(
        String name,
        Type type,
        String unit,
        String help,
        SortedMap<String, String> tags,
        DoubleSupplier total,
        LongSupplier count) {

    public Figure {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    /** Whether it may fall (a gauge), and whether it has a count and a sum (a timer). */
    public enum Type {
        GAUGE,
        COUNTER,
        TIMER
    }

    public static final String SECONDS = "seconds";
    public static final String BYTES = "bytes";

    /** The figure now. */
    public double value() {
        return total.getAsDouble();
    }

    /** How often, of a timer. */
    public long counted() {
        return count.getAsLong();
    }
}
