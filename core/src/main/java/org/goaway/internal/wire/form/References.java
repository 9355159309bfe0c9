package org.goaway.internal.wire.form;

import java.util.ArrayList;
import java.util.List;
import org.goaway.internal.wire.value.CorruptException;

/**
 * The objects that a value consists of, by number, and which of them are whole: read with all that they refer to. One whose
 * part refers back to an object around it waits for that, and is whole once the outermost one that it waits for is.
 */
final class References {

    private static final int WHOLE = Integer.MAX_VALUE;

    private final List<Object> objects = new ArrayList<>();

    /** Of each object: one that it waits for; itself as long as it is read. */
    private final List<Integer> awaited = new ArrayList<>();

    private final List<Wait> waits = new ArrayList<>(0);
    private final List<Fill> fills = new ArrayList<>(0);

    /** Something in all objects below {@code end} that are being read waits for {@code awaited}. */
    private record Wait(int end, int awaited) {}

    /** What is to be done in an object below {@code end}. */
    private record Fill(int end, Runnable action) {}

    /** Takes the next number for an object that is about to be read. */
    int reserve() {
        int number = objects.size();
        objects.add(null);
        awaited.add(number);
        return number;
    }

    /** Lets parts of {@code object} refer to it. */
    void fill(int number, Object object) {
        objects.set(number, object);
    }

    /** Says that {@code object} is read: the innermost of those that are being read. */
    void finish(int number, Object object) {
        objects.set(number, object);
        int outermost = number;
        for (int i = waits.size() - 1; i >= 0 && waits.get(i).end > number; i--) {
            outermost = Math.min(outermost, waits.remove(i).awaited);
        }
        if (outermost < number) {
            awaited.set(number, outermost);
            waits.add(new Wait(number, outermost));
        } else {
            awaited.set(number, WHOLE);
            runFills(number);
        }
    }

    private void runFills(int number) {
        int first = fills.size();
        while (first > 0 && fills.get(first - 1).end > number) {
            first--;
        }
        List<Fill> due = fills.subList(first, fills.size());
        due.forEach(fill -> fill.action.run());
        due.clear();
    }

    /** The object of that number, which a part of those that are being read refers to. */
    Object referred(int number) {
        if (number < 0 || number >= objects.size() || objects.get(number) == null) {
            throw new CorruptException("a reference to an object that is not there: " + number);
        }
        int outermost = outermost(number);
        if (outermost != WHOLE) {
            waits.add(new Wait(objects.size(), outermost));
        }
        return objects.get(number);
    }

    /** Shortens the way that it has gone. */
    private int outermost(int number) {
        int outermost = number;
        while (outermost != WHOLE && awaited.get(outermost) != outermost) {
            outermost = awaited.get(outermost);
        }
        for (int each = number; each != outermost; ) {
            each = awaited.set(each, outermost);
        }
        return outermost;
    }

    /** Rises whenever a part turns out to wait for an object around it. */
    int waits() {
        return waits.size();
    }

    /** Has {@code action} run as soon as all that the object waits for that is now being read is whole. */
    void whenWhole(Runnable action) {
        fills.add(new Fill(objects.size(), action));
    }
}
