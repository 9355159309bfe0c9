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

    /**
     * Learns an epoch that this member is in, before any other message of that epoch is handled (C6). Numbers only rise;
     * some may be left out. Where {@link Epoch#entersAnew} holds, what this member has of the cluster's data is void.
     */
    void onEpoch(Epoch epoch);

    /**
     * Whether this member holds all of this protocol's data that a member must have: false from the moment it enters an
     * epoch until its copies are complete (J2, J6). A member becomes full only when all of its protocols are synced.
     */
    default boolean isSynced() {
        return true;
    }

    /**
     * The view lost {@code member}. A hint, not agreement: nothing may be decided about data by it. It may be back at any
     * time.
     */
    void onGone(MemberId member);

    /** Time has passed; called about every 10 milliseconds. */
    void onTick(long nanos);
}
