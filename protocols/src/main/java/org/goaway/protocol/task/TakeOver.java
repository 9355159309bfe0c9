package org.goaway.protocol.task;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which of the tasks that wait for other members one takes over that has room and nothing to do: a member that has just come,
 * or one whose tasks were shorter. What waits has certainly not started, so no member need be asked.
 */
final class TakeOver {

    /** Tasks that only certain members may run are passed over; so many of each line are looked at, whatever its length. */
    private static final int LOOKED_AT = 64;

    private TakeOver() {}

    /**
     * At most {@code room} tasks of the longest queue, its first ones that {@code idle} may run; they are counted there from now
     * on. One that {@code isBehind} stays, and so do later ones of its kind.
     */
    static List<Sent> by(Peer idle, int room, Collection<Peer> peers, Predicate<Sent> isBehind) {
        Peer longest = peers.stream()
                .filter(peer -> peer != idle && !peer.queue.isEmpty())
                .max(Comparator.comparingInt(peer -> peer.queue.size()))
                .orElse(null);
        if (longest == null || room <= 0) {
            return List.of();
        }
        List<Sent> taken = new ArrayList<>();
        BitSet closed = new BitSet();
        for (Sent waits : longest.queue.front(LOOKED_AT)) {
            if (closed.get(waits.line.kind()) || waits.task.place(idle.id::equals) == null) {
                continue;
            }
            if (isBehind.test(waits)) {
                waits.task.leave(idle.id);
                closed.set(waits.line.kind());
                continue;
            }
            waits.task.leave(longest.id);
            longest.queue.take(waits);
            taken.add(waits);
            if (taken.size() == room) {
                break;
            }
        }
        return taken;
    }
}
