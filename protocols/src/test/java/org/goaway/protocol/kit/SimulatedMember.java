package org.goaway.protocol.kit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Protocol;

/** One member: its protocols, its clock, and the events that its loop holds while it is paused. */
final class SimulatedMember {

    final MemberId id;
    final SimulatedClock clock;
    final List<Protocol> protocols = new ArrayList<>();
    /** The epoch that its loop has learned; 0: none. */
    long known;
    /** The last epoch without it that it was told of. */
    long outOf;
    /** The epoch in which it last said that its copies are complete. */
    long promotedIn;

    private final Deque<Runnable> held = new ArrayDeque<>();
    private int pauses;
    private boolean crashed;

    SimulatedMember(MemberId id, SimulatedClock clock) {
        this.id = id;
        this.clock = clock;
    }

    /** Runs {@code event} on this member's loop: now, after its pause, or never if it has crashed. */
    void execute(Runnable event) {
        if (crashed) {
            return;
        }
        if (pauses > 0) {
            held.add(event);
        } else {
            event.run();
        }
    }

    boolean runs() {
        return pauses == 0 && !crashed;
    }

    boolean crashed() {
        return crashed;
    }

    void crash() {
        crashed = true;
        held.clear();
    }

    void pause() {
        pauses++;
    }

    void resume() {
        pauses--;
        while (pauses == 0 && !held.isEmpty()) {
            held.remove().run();
        }
    }
}
