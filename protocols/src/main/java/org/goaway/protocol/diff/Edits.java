package org.goaway.protocol.diff;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds a patch between two encodings: what both have at their ends stays; in between, stretches of the base are found by a
 * table of its windows of eight bytes, as rsync does (Tridgell, "Efficient algorithms for sorting and synchronization",
 * 1999), but every stretch that still fits where it would be without insertions goes first. Time and memory grow with the
 * encodings' length. Used once, by one thread.
 */
final class Edits {

    private static final int WINDOW = 8;
    private static final int LEAST_STRAIGHT = 4;

    /** So far a change in place is looked over before the table is asked. */
    private static final int NEAR = 24;

    private static final int LONG_ENOUGH = 32;

    /** Who finds nothing for so long, or for an eighth of all, has something else before him. */
    private static final int LOST = 64 << 10;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] base;
    private final byte[] next;
    private final int start;
    private final int baseEnd;
    private final int nextEnd;
    private final PatchWriter writer;
    /** Where the base has a window, plus one; by the window's hash. Null until somebody asks. */
    private int[] windows;

    /** How much further the base is where next goes on in place. */
    private int shift;

    private int foundFrom;
    private int foundAt;
    private int foundCount;

    private Edits(byte[] base, byte[] next, int start, int same) {
        this.base = base;
        this.next = next;
        this.start = start;
        this.baseEnd = base.length - same;
        this.nextEnd = next.length - same;
        this.writer = new PatchWriter(base.length, next.length);
    }

    /** The patch from {@code base} to {@code next}; empty where it is not smaller than {@code next} itself. */
    static Optional<Patch> between(byte[] base, byte[] next) {
        int start = Arrays.mismatch(base, next);
        if (start < 0) {
            start = base.length;
        }
        int least = Math.min(base.length, next.length) - start;
        int same = 0;
        while (same < least && base[base.length - 1 - same] == next[next.length - 1 - same]) {
            same++;
        }
        return new Edits(base, next, start, same).find();
    }

    private Optional<Patch> find() {
        writer.copy(0, start);
        if (start < baseEnd && start < nextEnd) {
            if (!middle()) {
                return Optional.empty();
            }
        } else {
            writer.write(next, start, nextEnd - start);
        }
        writer.copy(baseEnd, base.length - baseEnd);
        if (writer.copiesTooMuch() || writer.size() >= next.length) {
            return Optional.empty();
        }
        Patch patch = writer.toPatch();
        return patch.bytes().length < next.length ? Optional.of(patch) : Optional.empty();
    }

    /** Returns whether it is worth while. */
    private boolean middle() {
        int written = start; // of next
        int at = start;
        while (at < nextEnd) {
            if (!search(at)) {
                if (++at - written > LOST && at - written > next.length / 8) {
                    return false;
                }
                continue;
            }
            int back = 0;
            while (foundAt - back > written
                    && foundFrom - back > 0
                    && base[foundFrom - back - 1] == next[foundAt - back - 1]) {
                back++;
            }
            writer.write(next, written, foundAt - back - written);
            writer.copy(foundFrom - back, foundCount + back);
            if (writer.size() >= next.length) {
                return false;
            }
            at = foundAt + foundCount;
            written = at;
            shift = foundFrom - foundAt;
        }
        writer.write(next, written, nextEnd - written);
        return true;
    }

    /**
     * Looks for a stretch of the base from {@code at} on: what goes on as after a change in place, unless that is short and the
     * table knows something longer.
     */
    private boolean search(int at) {
        int near = near(at);
        foundCount = 0;
        if (near >= 0) {
            take(near + shift, near);
        }
        for (int i = at; i < (near < 0 ? at + 1 : at + WINDOW) && foundCount < LONG_ENOUGH; i++) {
            int from = inTable(i);
            if (from >= 0) {
                take(from, i);
            }
        }
        return foundCount > 0;
    }

    private void take(int from, int at) {
        int most = Math.min(base.length - from, nextEnd - at);
        int mismatch = Arrays.mismatch(base, from, from + most, next, at, at + most);
        int count = mismatch < 0 ? most : mismatch;
        if (count > foundCount) {
            foundCount = count;
            foundFrom = from;
            foundAt = at;
        }
    }

    /** Where next, not far from {@code at}, the base goes on as it would after a change in place; negative: nowhere. */
    private int near(int at) {
        for (int i = at; i < Math.min(nextEnd, at + NEAR); i++) {
            if (straight(i, i + shift)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the base goes on at {@code from} as what is to be made does at {@code at}. */
    private boolean straight(int at, int from) {
        int least = Math.min(LEAST_STRAIGHT, nextEnd - at);
        if (from < 0 || from + least > base.length) {
            return false;
        }
        for (int i = 0; i < least; i++) {
            if (base[from + i] != next[at + i]) {
                return false;
            }
        }
        return true;
    }

    /** Where the base has the window at {@code at}; negative: nowhere that is known. */
    private int inTable(int at) {
        if (at + WINDOW > nextEnd) {
            return -1;
        }
        if (windows == null) {
            index();
        }
        long window = (long) LONG.get(next, at);
        int known = windows[slot(window)] - 1;
        return known >= 0 && (long) LONG.get(base, known) == window ? known : -1;
    }

    private void index() {
        windows = new int[Integer.highestOneBit(Math.max(1, (baseEnd - start) / WINDOW)) * 4];
        for (int at = start; at + WINDOW <= baseEnd; at += WINDOW) {
            int slot = slot((long) LONG.get(base, at));
            if (windows[slot] == 0) {
                windows[slot] = at + 1;
            }
        }
    }

    /** By the highest bits of a product with the golden ratio (Knuth, The Art of Computer Programming, 6.4). */
    private int slot(long window) {
        return (int) ((window * 0x9E3779B97F4A7C15L) >>> 33) & (windows.length - 1);
    }
}
