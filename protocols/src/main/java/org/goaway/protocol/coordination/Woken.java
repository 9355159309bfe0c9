package org.goaway.protocol.coordination;

import java.util.List;
import org.goaway.protocol.Message;

/** To a member: the waits of these places of it have ended. May be lost, doubled or late: the member asks again. */
public record Woken(List<Ended> ended) implements Message {

    @Override
    public boolean unordered() {
        return true;
    }
}
