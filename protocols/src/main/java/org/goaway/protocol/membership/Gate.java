package org.goaway.protocol.membership;

import java.util.ArrayList;
import java.util.List;
import org.goaway.protocol.Fenced;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Protocol;

/**
 * Messages of epochs that this member has not learned yet (C7), in the order of their arrival. Bounded: what does not fit
 * is lost, as any message may be. One writer: the event loop.
 */
final class Gate {

    private static final int MOST = 4_096;

    /** A message and whom it is for. */
    record Held(MemberId from, Fenced message, Protocol target) {}

    private List<Held> held = new ArrayList<>();

    void hold(MemberId from, Fenced message, Protocol target) {
        if (held.size() < MOST) {
            held.add(new Held(from, message, target));
        }
    }

    /** Takes out all that is held. */
    List<Held> takeAll() {
        List<Held> all = held;
        held = new ArrayList<>();
        return all;
    }
}
