package org.goaway.protocol.release;

import java.util.HashSet;
import java.util.Iterator;
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
    private final Set<MemberId> gone = new HashSet<>();

    Outstanding(Transport transport, Clock clock) {
        this.transport = transport;
        this.clock = clock;
    }

    /** All of {@code members} are to have the diff's version, which replaces earlier ones of the object. */
    void expect(Diff diff, Set<MemberId> members) {
        ObjectId object = diff.object();
        Set<MemberId> missing = new TreeSet<>(members);
        missing.removeAll(gone);
        objects.remove(object);
        if (!missing.isEmpty()) {
            Latest latest = new Latest(diff.epoch(), object, diff.token());
            objects.put(object, new Latecomers(latest, missing, new Repeat(clock.nanos())));
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

    void onGone(MemberId member) {
        gone.add(member);
        Iterator<Latecomers> all = objects.values().iterator();
        while (all.hasNext()) {
            Set<MemberId> members = all.next().members();
            members.remove(member);
            if (members.isEmpty()) {
                all.remove();
            }
        }
    }

    void onTick(long nanos) {
        objects.values().forEach(latecomers -> {
            if (latecomers.repeat().isDue(nanos)) {
                transport.multicast(latecomers.members(), latecomers.latest());
            }
        });
    }
}
