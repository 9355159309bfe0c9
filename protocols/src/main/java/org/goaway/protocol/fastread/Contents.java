package org.goaway.protocol.fastread;

import java.util.List;
import java.util.stream.Stream;
import org.goaway.protocol.Fence;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;

/**
 * All that a member holds of one object. A version means one set of fields, finished operations and fences, whoever has
 * it; only which of them are LOCKED differs, and so whether those that its round removed are still there.
 *
 * @param version of the last round in it
 * @param valid whether that round is known to be committed
 * @param finished the operations whose answers may still be asked for
 * @param fences the highest tokens seen
 */
public record Contents(
        ObjectId object,
        Version version,
        boolean valid,
        List<Field> fields,
        List<FastReadMessage.Finished> finished,
        List<Fence> fences)
        implements Message {

    public Contents {
        fields = List.copyOf(fields);
        finished = List.copyOf(finished);
        fences = List.copyOf(fences);
    }

    /**
     * One field.
     *
     * @param value null: removed by a round that is not known to be committed
     */
    public record Field(String name, Version version, Value value, boolean locked) implements Message {

        Entry entry() {
            return new Entry(version, value, locked ? Entry.State.LOCKED : Entry.State.VALID);
        }
    }

    /** The values in it. */
    Stream<Value> values() {
        return fields.stream().map(Field::value);
    }
}
