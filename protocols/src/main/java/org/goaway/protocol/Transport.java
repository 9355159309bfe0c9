package org.goaway.protocol;

import java.util.Collection;

/**
 * How a protocol reaches other members.
 *
 * <p>The promise is weak on purpose: a message arrives any number of times, in any order, at any later time, or never;
 * each protocol repeats what it needs answered and recognises what it has seen. What the real transport adds (order per
 * sender, no loss while both ends stay connected) is speed, not safety.
 *
 * <p>An implementation must not block, must not throw for a member that is gone, and must not call the sender back from
 * within these methods: what arrives is handed to the protocol by the event loop, one at a time. It may hold messages
 * back until the current turn of the loop ends, to pack those for the same member into one frame. Sending to oneself
 * is allowed and goes through the loop like anything else.
 */
public interface Transport {

    /** Sends {@code message} to {@code to}. */
    void send(MemberId to, Message message);

    /** Sends {@code message} to each of {@code to} except oneself; cheaper than one by one. */
    void multicast(Collection<MemberId> to, Message message);
}
