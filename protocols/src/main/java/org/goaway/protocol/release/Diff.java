package org.goaway.protocol.release;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.diff.Change;

/**
 * RELEASE, from the releaser to all: what a section wrote (D1).
 *
 * @param token the section's token, the version of a copy that has it
 * @param base the version of the copy that it may be applied to
 * @param written what the section did to fields
 */
public record Diff(long epoch, ObjectId object, long token, long base, Map<String, Change> written)
        implements ReleaseMessage {

    public Diff {
        written = Collections.unmodifiableMap(new HashMap<>(written));
    }
}
