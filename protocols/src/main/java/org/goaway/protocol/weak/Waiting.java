package org.goaway.protocol.weak;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The fields that wait to be sent to all, by name: what is sent is their newest set. Belongs to the loop. */
final class Waiting {

    /**
     * A field that waits.
     *
     * @param bytes what it adds to the load
     * @param place it stays where the field is added again
     */
    private record Entry(int bytes, long place) {}

    /**
     * What a batch is made of.
     *
     * @param first the place of the first field in it that waited; 0: none did
     */
    record Taken(List<FieldSet> sets, long first) {}

    private final Copies copies;
    /** Those with the lowest places first. */
    private final Map<FieldId, Entry> fields = new LinkedHashMap<>();

    private long lastPlace;

    Waiting(Copies copies) {
        this.copies = copies;
    }

    void add(Copies.Noted noted) {
        Entry before = fields.get(noted.id());
        if (before != null) {
            copies.addLoad(-before.bytes());
        }
        fields.put(noted.id(), new Entry(noted.bytes(), before != null ? before.place() : ++lastPlace));
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    Set<FieldId> fields() {
        return fields.keySet();
    }

    /** The place of the field that was added last. */
    long lastPlace() {
        return lastPlace;
    }

    /** Whether no field up to this place waits. */
    boolean isSent(long place) {
        return fields.isEmpty() || fields.values().iterator().next().place() > place;
    }

    /** Takes the next of the wanted fields that fit in a batch of so many bytes. */
    Taken take(Predicate<FieldId> wanted, int most) {
        long first = 0;
        List<FieldSet> sets = new ArrayList<>();
        long load = 0;
        long bytes = 0;
        Iterator<Map.Entry<FieldId, Entry>> each = fields.entrySet().iterator();
        while (each.hasNext() && bytes < most) {
            Map.Entry<FieldId, Entry> next = each.next();
            if (wanted.test(next.getKey())) {
                each.remove();
                first = first == 0 ? next.getValue().place() : first;
                load += next.getValue().bytes();
                bytes += copies.read(next.getKey(), sets);
            }
        }
        copies.addLoad(-load);
        return new Taken(sets, first);
    }
}
