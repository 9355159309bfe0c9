package org.goaway.protocol.coordination;

import org.goaway.protocol.Message;

/** Answer to the commands that ask for, or make, a number. */
public record Amount(long value) implements Message {}
