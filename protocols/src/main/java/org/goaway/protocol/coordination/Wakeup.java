package org.goaway.protocol.coordination;

import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/** Waits that an entry of the log ended; the member at which it was applied as leader sends {@code woken} to {@code member}. */
public record Wakeup(MemberId member, Woken woken) implements Message {}
