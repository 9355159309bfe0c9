package org.goaway.protocol.task;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which of the tasks that wait for other members one takes over that has room and nothing to do: a member that has just come,
 * or one whose tasks were shorter. What waits has certainly not started, so no member need be asked.
 */
final class TakeOver {

    /** Tasks that only certain members may run are passed over; so many are looked at, whatever the length of the queue. */
    private static final int LOOKED_AT = 64;

    private TakeOver() {}

    /**
     * At most {@code room} tasks of the longest queue, its first ones of those that {@code mayGo}; they are counted at {@code idle} from
     * now on.
     */
    static List<Sent> by(Peer idle, int room, Collection<Peer> peers, Predicate<Sent> mayGo) {
        Peer longest = peers.stream()
                .filter(peer -> peer != idle && !peer.queue.isEmpty())
                .max(Comparator.comparingInt(peer -> peer.queue.size()))
                .orElse(null);
        if (longest == null) {
            return List.of();
        }
        List<Sent> taken = new ArrayList<>();
        for (Sent waits : longest.queue.front(LOOKED_AT, mayGo).toList()) {
            if (taken.size() < room && waits.task.place(idle.id::equals) != null) {
                waits.task.leave(longest.id);
                longest.queue.take(waits);
                taken.add(waits);
            }
        }
        return taken;
    }
}
