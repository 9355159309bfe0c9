package org.goaway.protocol.weak;

import java.util.List;
import org.goaway.protocol.Message;

/**
 * Some sets that the sender has installed.
 *
 * @param number the sender's number of this batch; the same when it is repeated
 * @param round the last round that the sender knew of when it read these sets
 */
public record Sets(long number, Round round, List<FieldSet> sets) implements Message {

    public Sets {
        sets = List.copyOf(sets);
    }

    @Override
    public boolean unordered() {
        return true;
    }
}
