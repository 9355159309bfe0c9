package org.goaway.protocol.strict;

import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Version;

/**
 * A field that a member watches.
 *
 * @param known the newest version that the watcher has seen
 */
public record WatchedField(ObjectId object, String field, Version known) {}
