package org.goaway.protocol.release;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.goaway.protocol.ObjectId;

/**
 * From a home that knows its objects' latest versions: those that your copies have not reached (H4). Empty for a member that
 * lacks nothing. Repeated until {@link Synced}.
 */
public record Inventory(long epoch, Map<ObjectId, Long> versions) implements ReleaseMessage {

    public Inventory {
        versions = Collections.unmodifiableMap(new HashMap<>(versions));
    }
}
