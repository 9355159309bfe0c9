package org.goaway.protocol.membership;

import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;

/** Told by {@link Epochs}, on the event loop, what became of this member. Must not block or throw. */
public interface EpochListener {

    /** This member is in {@code epoch}, and all its protocols have learned it. */
    void learned(Epoch epoch);

    /** This member was dropped: {@code epoch} was agreed on without it. It asks to be taken in again by itself. */
    default void outOf(Epoch epoch) {}

    /** This member was told that {@code other} is another cluster than its own; it does not join that. */
    default void refused(MemberId other) {}
}
