package org.goaway.protocol.weak;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.goaway.protocol.ObjectId;

/** The fields that wait to be sent to all, by name: what is sent is their newest set. Belongs to the loop. */
final class Waiting {

    /**
     * A field that waits.
     *
     * @param bytes what it adds to the load
     * @param place it stays where the field is added again
     */
    private record Entry(int bytes, long place) {}

    private final Copies copies;
    /** Those with the lowest places first. */
    private final Map<FieldId, Entry> fields = new LinkedHashMap<>();

    private long lastPlace;

    Waiting(Copies copies) {
        this.copies = copies;
    }

    void add(Copies.Noted noted) {
        Entry before = fields.get(noted.id());
        fields.put(noted.id(), new Entry(noted.bytes(), before != null ? before.place() : ++lastPlace));
        if (before != null) {
            copies.addLoad(-before.bytes());
        }
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

    /** The next that fit in a batch of so many bytes; they wait on. */
    Draft draft(int most) {
        return Draft.of(fields.keySet().iterator(), copies, most);
    }

    /** The same of one object. */
    Draft draft(ObjectId object, int most) {
        return Draft.of(
                fields.keySet().stream()
                        .filter(id -> id.object().equals(object))
                        .iterator(),
                copies,
                most);
    }

    /** The place of the first of these. */
    long first(List<FieldId> some) {
        return fields.get(some.get(0)).place();
    }

    /** These wait no more. */
    void remove(List<FieldId> some) {
        long load = 0;
        for (FieldId id : some) {
            load += fields.remove(id).bytes();
        }
        copies.addLoad(-load);
    }
}
