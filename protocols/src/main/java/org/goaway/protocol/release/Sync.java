package org.goaway.protocol.release;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Transport;
import org.goaway.protocol.lock.Repeat;

/**
 * A member's side of a new epoch: it reports its copies to all homes, and learns from each what it lacks (H1, H4). It is
 * synced once it has got that from all homes of one epoch (J6, J7). On the event loop only.
 */
final class Sync {

    private record Unanswered(Report report, Repeat repeat) {}

    private final MemberId self;
    private final Transport transport;
    private final ToLongFunction<ObjectId> own;
    private final Map<MemberId, Unanswered> unanswered = new HashMap<>();
    private final Map<MemberId, Map<ObjectId, Long>> lacking = new LinkedHashMap<>();
    private final Set<MemberId> homes = new TreeSet<>();
    private Epoch epoch;
    private boolean synced;

    /** @param own the versions of this member's copies */
    Sync(MemberId self, Transport transport, ToLongFunction<ObjectId> own) {
        this.self = self;
        this.transport = transport;
        this.own = own;
    }

    /** @param anew whether this member has nothing of the cluster's data */
    void onEpoch(Epoch learned, boolean anew, Set<ObjectId> objects, long now) {
        epoch = learned;
        synced = learned.full().contains(self) || (synced && !anew);
        unanswered.clear();
        lacking.clear();
        homes.clear();
        homes.addAll(learned.full());
        homes.remove(self);
        if (learned.joined().get(self) == learned.number()) {
            return; // nobody waits for its report, but unless it is a founder each home tells it what there is
        }
        Map<MemberId, Map<ObjectId, Long>> byHome = new LinkedHashMap<>();
        learned.full().forEach(home -> byHome.put(home, new HashMap<>()));
        objects.forEach(object -> byHome.get(learned.home(object)).put(object, own.applyAsLong(object)));
        byHome.forEach((home, versions) -> {
            Report report = new Report(learned.number(), versions);
            unanswered.put(home, new Unanswered(report, new Repeat(now)));
            transport.send(home, report);
        });
    }

    void onInventory(MemberId home, Inventory inventory) {
        unanswered.remove(home);
        Map<ObjectId, Long> lacks = new HashMap<>(inventory.versions());
        lacks.entrySet().removeIf(entry -> own.applyAsLong(entry.getKey()) >= entry.getValue());
        if (lacks.isEmpty()) {
            complete(home);
        } else {
            lacking.put(home, lacks);
        }
    }

    /** This member's copy of the object has a newer version now. */
    void advanced(ObjectId object) {
        MemberId home = epoch.home(object);
        Map<ObjectId, Long> lacks = lacking.get(home);
        if (lacks != null && lacks.getOrDefault(object, Long.MAX_VALUE) <= own.applyAsLong(object)) {
            lacks.remove(object);
            if (lacks.isEmpty()) {
                complete(home);
            }
        }
    }

    private void complete(MemberId home) {
        lacking.remove(home);
        homes.remove(home);
        synced |= homes.isEmpty();
        transport.send(home, new Synced(epoch.number()));
    }

    boolean isSynced() {
        return synced;
    }

    /** This member is the home, which has its report now. */
    void onReport(MemberId from) {
        if (from.equals(self)) {
            unanswered.remove(self);
        }
    }

    void onTick(long nanos) {
        unanswered.forEach((home, report) -> {
            if (report.repeat().isDue(nanos)) {
                transport.send(home, report.report());
            }
        });
    }
}
