package org.goaway.protocol;

/**
 * A message that means something only in the epoch in which it was sent (PROTOCOLS.md C7). One of a later epoch than the
 * receiver's waits until the receiver has learned that epoch; one of an earlier epoch is refused.
 */
public interface Fenced extends Message {

    /** The number of the epoch that the sender knew. */
    long epoch();
}
