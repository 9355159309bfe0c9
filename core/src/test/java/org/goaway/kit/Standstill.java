package org.goaway.kit;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.LongStream;

/**
 * A time in which a process did not run, since it was stopped or its machine was busy with others.
 *
 * @param from when it ran last, on the clock of {@link System#nanoTime}, which all processes of a Linux machine share
 * @param to when it ran again
 */
public record Standstill(long from, long to) {

    /** In nanoseconds. */
    public long length() {
        return to - from;
    }

    /** How much of the time from {@code from} until {@code to} is left when all of these are taken away. */
    public static long left(Collection<Standstill> all, long from, long to) {
        return parts(all, from, to).sum();
    }

    /** The longest part of the time from {@code from} until {@code to} that none of these touches. */
    public static long longestLeft(Collection<Standstill> all, long from, long to) {
        return parts(all, from, to).max().orElse(0);
    }

    private static LongStream parts(Collection<Standstill> all, long from, long to) {
        LongStream.Builder parts = LongStream.builder();
        long since = from;
        for (Standstill each : all.stream()
                .filter(each -> each.to > from && each.from < to)
                .sorted(Comparator.comparingLong(Standstill::from))
                .toList()) {
            parts.add(Math.max(0, each.from - since));
            since = Math.max(since, each.to);
        }
        return parts.add(Math.max(0, to - since)).build();
    }
}
