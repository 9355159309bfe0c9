package org.goaway.protocol.coordination;

import org.goaway.protocol.Message;

/** Answer to a command that only a change of the program cures: nothing was done. */
public record Misuse(String reason) implements Message {}
