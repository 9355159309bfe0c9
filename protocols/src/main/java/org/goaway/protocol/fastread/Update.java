package org.goaway.protocol.fastread;

import java.util.List;
import org.goaway.protocol.Message;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Version;

/**
 * The round of this version is committed: entries of exactly this version are VALID now (W5, W6), and the clients named
 * have their answers. True for ever, so it carries no epoch of its own.
 */
public record Update(ObjectId object, Version version, List<Lock.Finished> finished) implements Message {

    public Update {
        finished = List.copyOf(finished);
    }
}
