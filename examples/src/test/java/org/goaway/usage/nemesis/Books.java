package org.goaway.usage.nemesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;
import org.goaway.GoAway;
import org.goaway.UpdateOnRelease;

/**
 * A release object whose fields all tell how many sections there were, each in its way: a number, a map and a list that
 * are changed in place, and an array of which each section changes a part. Whoever finds two that differ has found half of a section.
 */
final class Books {

    private static final UpdateOnRelease books = GoAway.updateOnRelease("nemesis");
    private static final int CELLS = 20_000;
    private static final int RUN = 500;
    /** Each so many sections change all cells: what they release takes many packets. */
    private static final int WHOLE_OF = 8;

    private static final int LAST = 20;
    private static final String ALL = "all";

    private Books() {}

    static UpdateOnRelease object() {
        return books;
    }

    /** How many sections there were, for a thread in a section. */
    static long count() {
        return books.get("count", 0L);
    }

    /** For a thread in a section: checks what it finds and adds itself; returns how many sections there are with it. */
    static long add(String member) {
        long before = count();
        long[] cells = books.array("cells", long[].class, CELLS);
        check(before, cells);
        long count = before + 1;
        books.set("count", count);
        Map<String, Long> by = by();
        by.merge(ALL, 1L, Long::sum);
        by.merge(member, 1L, Long::sum);
        List<String> last = last();
        last.add(count + " " + member);
        if (last.size() > LAST) {
            last.remove(0);
        }
        forRun(count, cell -> cells[cell] = count);
        books.set("sum", LongStream.of(cells).sum());
        return count;
    }

    private static void check(long count, long[] cells) {
        agree(count, by().getOrDefault(ALL, 0L), "map");
        checkMap(by());
        List<String> last = last();
        if (!last.isEmpty()) {
            String end = last.get(last.size() - 1);
            agree(count, Long.parseLong(end.substring(0, end.indexOf(' '))), "list");
        }
        if (count > 0) {
            forRun(count, cell -> agree(count, cells[cell], "cell " + cell));
        }
        agree(books.get("sum", 0L), LongStream.of(cells).sum(), "sum");
    }

    /** Outside a section: what one read returns is whole, too. */
    static void checkOutside() {
        Map<String, Long> by = asMap(books.get("by"));
        if (by != null) {
            checkMap(by);
        }
    }

    private static void checkMap(Map<String, Long> by) {
        long all = by.getOrDefault(ALL, 0L);
        agree(all, by.values().stream().mapToLong(each -> each).sum() - all, "sum of the map");
    }

    private static void agree(long expected, long found, String where) {
        if (expected != found) {
            throw new IllegalStateException(where + " tells of " + found + ", not of " + expected);
        }
    }

    private static void forRun(long count, IntConsumer cell) {
        int length = count % WHOLE_OF == 0 ? CELLS : RUN;
        int first = (int) (count * 7_919 % CELLS);
        for (int i = 0; i < length; i++) {
            cell.accept((first + i) % CELLS);
        }
    }

    /** The section's working copy. */
    private static Map<String, Long> by() {
        if (books.get("by") == null) {
            books.set("by", new TreeMap<String, Long>());
        }
        return Objects.requireNonNull(asMap(books.get("by")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Long> asMap(Object value) {
        return (Map<String, Long>) value;
    }

    /** The section's working copy. */
    @SuppressWarnings("unchecked")
    private static List<String> last() {
        if (books.get("last") == null) {
            books.set("last", new ArrayList<String>());
        }
        return Objects.requireNonNull((List<String>) books.get("last"));
    }

    /** What the member where this runs has now, outside a section. */
    static Map<String, String> seen() {
        Map<String, String> seen = new TreeMap<>();
        Map<String, Long> by = asMap(books.get("by"));
        if (by != null) {
            checkMap(by);
            by.forEach((member, count) -> seen.put("by " + member, count.toString()));
        }
        seen.put("count", String.valueOf(books.get("count")));
        seen.put("last", String.valueOf(books.get("last")));
        long[] cells = books.array("cells", long[].class, CELLS);
        seen.put("cells", Long.toString(LongStream.of(cells).sum()));
        seen.put("sum", String.valueOf(books.get("sum")));
        return seen;
    }
}
