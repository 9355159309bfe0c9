package org.goaway.protocol.weak;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What the next batch is made of. Its fields are taken from where they wait once the batch is kept: what breaks off in between,
 * as the memory may, loses none.
 *
 * @param fields those that were looked at
 * @param sets what was read of them: nothing of one that was forgotten meanwhile
 */
record Draft(List<FieldId> fields, List<FieldSet> sets) {

    /** Reads as many of the fields as fit in so many bytes. */
    static Draft of(Iterator<FieldId> waiting, Copies copies, int most) {
        List<FieldId> fields = new ArrayList<>();
        List<FieldSet> sets = new ArrayList<>();
        long bytes = 0;
        while (waiting.hasNext() && bytes < most) {
            FieldId next = waiting.next();
            fields.add(next);
            bytes += copies.read(next, sets);
        }
        return new Draft(fields, sets);
    }
}
