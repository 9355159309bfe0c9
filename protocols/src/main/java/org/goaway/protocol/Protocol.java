package org.goaway.protocol;

/**
 * The inputs that every protocol has. All are called on the event loop of its node, one at a time, and none blocks.
 *
 * <p>Operations are further methods of the protocol, called on the loop too unless they say otherwise; they return
 * futures that the protocol completes on the loop, with a {@link ProtocolException} when the operation failed.
 */
public interface Protocol {

    /** Handles a message; one that this protocol does not know is an {@link IllegalArgumentException}. */
    void onMessage(MemberId from, Message message);

    /** Learns an epoch, before any other message of that epoch is handled. Numbers only rise. */
    void onEpoch(Epoch epoch);

    /**
     * The view lost {@code member}. A hint, not agreement: nothing may be decided about data by it, but what cannot be
     * answered without that member can fail now instead of after its time.
     */
    void onGone(MemberId member);

    /** Time has passed; called about every 10 milliseconds. */
    void onTick(long nanos);
}
