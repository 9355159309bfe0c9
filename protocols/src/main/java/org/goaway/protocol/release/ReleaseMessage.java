package org.goaway.protocol.release;

import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;

/** What members say to each other about the content of a release-consistent object. */
public sealed interface ReleaseMessage extends Message permits Diff, Fetch, State, Latest, Applied {

    /** The sender's epoch (C7). */
    long epoch();

    /** The object. */
    ObjectId object();
}
