package org.goaway.protocol.fastread;

import org.goaway.protocol.Message;

/** A message that means something only in the epoch in which it was sent (PROTOCOLS.md C7). */
public interface Fenced extends Message {

    /** The number of the epoch that the sender knew. */
    long epoch();
}
