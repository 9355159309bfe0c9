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

    /** Of so many members, those for which the most tasks wait: an idle one looks each tick. */
    private static final int MEMBERS = 4;

    private TakeOver() {}

    /**
     * At most {@code room} tasks of the longest queue that has any that {@code idle} may run, of the longest {@value #MEMBERS};
     * its first ones, which are counted there from now on. One that {@code isBehind} stays, and so do later ones of its kind.
     */
    static List<Sent> by(Peer idle, int room, Collection<Peer> peers, Predicate<Sent> isBehind) {
        if (room <= 0) {
            return List.of();
        }
        return peers.stream()
                .filter(peer -> peer != idle && !peer.queue.isEmpty())
                .sorted(Comparator.comparingInt((Peer peer) -> peer.queue.size())
                        .reversed())
                .limit(MEMBERS)
                .map(peer -> of(peer, idle, room, isBehind))
                .filter(taken -> !taken.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<Sent> of(Peer busy, Peer idle, int room, Predicate<Sent> isBehind) {
        List<Sent> taken = new ArrayList<>();
        BitSet closed = new BitSet();
        for (Sent waits : busy.queue.front(LOOKED_AT)) {
            if (closed.get(waits.line.kind()) || waits.task.place(idle.id::equals) == null) {
                continue;
            }
            if (isBehind.test(waits)) {
                waits.task.leave(idle.id);
                closed.set(waits.line.kind());
                continue;
            }
            waits.task.leave(busy.id);
            busy.queue.take(waits);
            taken.add(waits);
            if (taken.size() == room) {
                break;
            }
        }
        return taken;
    }
}
