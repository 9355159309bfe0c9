package org.goaway.protocol.weak;

import org.goaway.protocol.Message;

/** All that the sender was to spread when the round began to it is installed at all members of the epoch. */
public record Held(Round round) implements Message {

    @Override
    public boolean unordered() {
        return true;
    }
}
