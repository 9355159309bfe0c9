package org.goaway.protocol.lock;

import java.util.List;
import org.goaway.protocol.ObjectId;

/**
 * To the home: I give {@code token} back and wait for {@code condition}; both at once, so that no signal falls in between.
 *
 * @param request the number of the new request that waits
 * @param holder who waits
 * @param woken whether the requester no longer waits for the signal but only wants the lock again
 * @param signals what the holder signalled while it held {@code token}
 */
public record Await(
        long epoch,
        ObjectId lock,
        long token,
        long request,
        String holder,
        String condition,
        boolean woken,
        List<Signal> signals)
        implements LockMessage {

    public Await {
        signals = List.copyOf(signals);
    }
}
