package org.goaway.protocol.weak;

import org.goaway.protocol.Message;

/** A round begins, and all members have told that the one before is {@link Held}. */
public record Collect(Round round) implements Message {

    @Override
    public boolean unordered() {
        return true;
    }
}
