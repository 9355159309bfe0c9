package org.goaway.protocol.release;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.goaway.protocol.ObjectId;

/**
 * To each home, on learning an epoch: the versions of my copies of the objects that live at you (H1). Repeated until
 * {@link Inventory}.
 */
public record Report(long epoch, Map<ObjectId, Long> versions) implements ReleaseMessage {

    public Report {
        versions = Collections.unmodifiableMap(new HashMap<>(versions));
    }
}
