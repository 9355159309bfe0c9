package org.goaway.internal.object;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.goaway.NotTransferableException;
import org.goaway.internal.wire.SizeLimit;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.diff.Change;
import org.goaway.protocol.release.Copy;
import org.goaway.protocol.release.Current;

/** What a section of an UpdateOnRelease object has changed. Used by the section's thread. */
final class Differences {

    private final ObjectId id;
    private final Current current;
    private final LiveArrays arrays;
    private final SizeLimit limit;

    /** @param limit how large all fields may be together */
    Differences(ObjectId id, Current current, LiveArrays arrays, SizeLimit limit) {
        this.id = id;
        this.current = current;
        this.arrays = arrays;
        this.limit = limit;
    }

    /**
     * By field.
     *
     * @throws NotTransferableException if the object would be too large with it
     */
    Map<String, Change> of(Workspace section) {
        section.settle();
        Map<String, Change> changes = new HashMap<>(arrays.differences(section));
        for (String field : section.fields()) {
            Change.between(current.get(field), section.written(field)).ifPresent(change -> changes.put(field, change));
        }
        checkSize(changes);
        return changes;
    }

    /** A member that lags or comes in gets the whole object in one message. */
    private void checkSize(Map<String, Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Copy before = current.copy();
        long size = before.size();
        for (Map.Entry<String, Change> each : changes.entrySet()) {
            Value old = before.get(each.getKey());
            long sizeBefore = old == null ? 0 : Copy.sizeOf(each.getKey(), old);
            size += Copy.sizeOf(each.getKey()) + each.getValue().resultSize() - sizeBefore;
        }
        int most = limit.bytes();
        if (size > most) {
            throw new NotTransferableException("The fields of " + Names.of(id) + " would take " + size
                    + " bytes with what this section wrote to " + new TreeSet<>(changes.keySet()) + ", but may take "
                    + most + " together: spread them over several objects. What the section wrote is dropped");
        }
    }
}
