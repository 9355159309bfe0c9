package org.goaway.protocol.membership;

import org.goaway.protocol.Epoch;
import org.goaway.protocol.Message;

/** Answer to {@link Found}, and the register's piece of a snapshot: the epoch that holds. */
public record Founded(Epoch epoch) implements Message {}
