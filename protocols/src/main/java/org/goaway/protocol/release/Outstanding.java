package org.goaway.protocol.release;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.goaway.protocol.Clock;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Transport;
import org.goaway.protocol.lock.Repeat;

/**
 * The home's side: which members are not known to have an object's latest version. While releases follow each other
 * quickly nobody is asked, since a member that misses one notices it by the next. On the event loop only.
 */
final class Outstanding {

    private record Latecomers(Latest latest, Set<MemberId> members, Repeat repeat) {}

    private final Transport transport;
    private final Clock clock;
    private final Map<ObjectId, Latecomers> objects = new LinkedHashMap<>();

    Outstanding(Transport transport, Clock clock) {
        this.transport = transport;
        this.clock = clock;
    }

    /** All of {@code members} are to have this version, which replaces earlier ones of the object. */
    void expect(Latest latest, Set<MemberId> members) {
        objects.remove(latest.object());
        if (!members.isEmpty()) {
            objects.put(latest.object(), new Latecomers(latest, new TreeSet<>(members), new Repeat(clock.nanos())));
        }
    }

    void onApplied(MemberId from, Applied applied) {
        Latecomers latecomers = objects.get(applied.object());
        if (latecomers != null && applied.version() >= latecomers.latest().version()) {
            latecomers.members().remove(from);
            if (latecomers.members().isEmpty()) {
                objects.remove(applied.object());
            }
        }
    }

    /** What an earlier epoch's home was waiting for is told anew, by inventories. */
    void clear() {
        objects.clear();
    }

    void onTick(long nanos) {
        objects.values().forEach(latecomers -> {
            if (latecomers.repeat().isDue(nanos)) {
                transport.multicast(latecomers.members(), latecomers.latest());
            }
        });
    }
}
