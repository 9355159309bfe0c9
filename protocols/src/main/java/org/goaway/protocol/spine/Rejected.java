package org.goaway.protocol.spine;

import org.goaway.protocol.Message;

/** Answer to a command that the state machine does not know or cannot apply: nothing was done. */
public record Rejected(String reason) implements Message {}
