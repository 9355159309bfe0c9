package org.goaway.protocol.release;

import org.goaway.protocol.Fenced;
import org.goaway.protocol.ObjectId;

/** What members say to each other about the content of a release-consistent object. */
public sealed interface ReleaseMessage extends Fenced permits Diff, Fetch, State, Latest, Applied {

    /** The object. */
    ObjectId object();
}
