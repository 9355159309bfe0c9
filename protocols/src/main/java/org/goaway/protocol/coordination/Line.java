package org.goaway.protocol.coordination;

import java.util.Set;
import java.util.function.ToLongFunction;
import org.goaway.protocol.MemberId;

/** Something that places wait for. One writer: whoever applies the log. */
interface Line {

    /** The kind of it, for a snapshot. */
    CoordinationPiece.Kind kind();

    /** The name of it. */
    String name();

    /** How far the waiting place that came last has come; see {@link Waits#standing}. */
    long standingOfLast();

    /** How far the waiting places have come now. Whatever is asked of it costs one pass over them. */
    ToLongFunction<Place> standings();

    /** The thread of a place that still waits has given up. */
    void withdraw(Place place);

    /** The thread of a place that has ended as {@code ended} had given up before it knew. Returns how it ended then. */
    Ended undo(Place place, Ended ended);

    /** Whether a place that has ended as {@code ended} has got something that its member loses when it leaves. */
    default boolean mayForfeit(Ended ended) {
        return false;
    }

    /** These members have left: nothing is theirs any more. */
    void leave(Set<MemberId> left);

    /** All of it, for a snapshot. */
    CoordinationPiece piece();
}
