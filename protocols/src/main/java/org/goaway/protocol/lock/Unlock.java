package org.goaway.protocol.lock;

import java.util.List;
import org.goaway.protocol.ObjectId;

/**
 * To the home: the hold of {@code token} has ended.
 *
 * @param unwanted whether nobody entered with it; a signal that led to this grant then goes to the next waiter
 * @param signals what the holder signalled while it held {@code token}
 */
public record Unlock(long epoch, ObjectId lock, long token, boolean unwanted, List<Signal> signals)
        implements LockMessage {

    public Unlock {
        signals = List.copyOf(signals);
    }
}
