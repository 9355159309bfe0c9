package org.goaway.protocol.strict;

import java.util.List;
import org.goaway.protocol.Fence;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Version;

/** What a member asks of the strict store. */
public sealed interface StrictCommand extends Message {

    /**
     * Changes an object. Answered by {@link org.goaway.protocol.Answer}.
     *
     * @param fence the hold under which it is done; null: none
     */
    record Operate(ObjectId object, Operation operation, Fence fence) implements StrictCommand {

        /** Without a fence. */
        public Operate(ObjectId object, Operation operation) {
            this(object, operation, null);
        }
    }

    /** Reads a field. Answered by {@link org.goaway.protocol.Answer}, with {@link Version#NONE} for an absent one. */
    record Get(ObjectId object, String field) implements StrictCommand {}

    /** Asks for the names of the fields that are set. Answered by {@link FieldNames}. */
    record Fields(ObjectId object) implements StrictCommand {}

    /**
     * Makes the sender a watcher of the fields, and asks for what changed since the versions it knows. Answered by
     * {@link News}. Repeating it is the repair for lost notifications. The watch ends when the sender leaves the epoch.
     */
    record Watch(List<WatchedField> fields) implements StrictCommand {}

    /** Ends a watch. Answered by an empty {@link News}. */
    record Unwatch(ObjectId object, String field) implements StrictCommand {}

    /** Whether applying it twice does no harm, so that its answer need not be kept. */
    default boolean repeatable() {
        return !(this instanceof Operate);
    }
}
