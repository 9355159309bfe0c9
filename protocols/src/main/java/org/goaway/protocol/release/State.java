package org.goaway.protocol.release;

import java.util.Map;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;

/** From the home: the object's whole content at this version. */
public record State(long epoch, ObjectId object, long version, Map<String, Value> fields) implements ReleaseMessage {

    public State {
        fields = Map.copyOf(fields);
    }
}
