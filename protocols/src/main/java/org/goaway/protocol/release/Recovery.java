package org.goaway.protocol.release;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Transport;
import org.goaway.protocol.lock.Repeat;

/**
 * The home's side of a new epoch: which version each object has that lives here, and whom to ask for its content (H2, H3).
 * A version that any member has is adopted, since a section may have started from it. On the event loop only.
 */
final class Recovery {

    /** So many contents are on their way here at a time. */
    static final int AT_ONCE = 4;

    /** An object whose latest version is elsewhere: those that reported it are asked in turn. */
    private record Target(long version, List<MemberId> owners, Repeat repeat) {}

    /** What a member lacks, told to it until it has it. */
    private record Untold(Inventory inventory, Repeat repeat) {}

    private final MemberId self;
    private final Transport transport;
    private final Function<ObjectId, Copy> own;
    private final BiConsumer<ObjectId, MemberId> fetch;
    /** What was asked for may still be on its way from the member before: content is about as large as what is here. */
    private Pacing pacing = new Pacing();

    private final Set<MemberId> unreported = new TreeSet<>();
    private final Map<MemberId, Map<ObjectId, Long>> reports = new LinkedHashMap<>();
    private final Map<ObjectId, Target> targets = new LinkedHashMap<>();
    private final Map<MemberId, Untold> untold = new LinkedHashMap<>();
    private Epoch epoch;

    /**
     * @param own this member's copies
     * @param fetch asks a member for an object's content
     */
    Recovery(MemberId self, Transport transport, Function<ObjectId, Copy> own, BiConsumer<ObjectId, MemberId> fetch) {
        this.self = self;
        this.transport = transport;
        this.own = own;
        this.fetch = fetch;
    }

    /** Whoever comes in with this epoch has nothing: only the others' reports are waited for. */
    void onEpoch(Epoch learned) {
        epoch = learned;
        unreported.clear();
        reports.clear();
        targets.clear();
        pacing = new Pacing();
        untold.clear();
        learned.joined().forEach((member, joined) -> {
            if (joined < learned.number()) {
                unreported.add(member);
            }
        });
    }

    /** A member's first report counts. Returns whether it was the last that was missing. */
    boolean onReport(MemberId from, Report report, long now) {
        if (!unreported.remove(from)) {
            return false;
        }
        reports.put(from, report.versions());
        if (unreported.isEmpty()) {
            Map<ObjectId, Long> latest = latest();
            latest.forEach((object, version) -> aim(object, version, now));
            epoch.members().forEach(member -> tell(member, latest, now));
        }
        return unreported.isEmpty();
    }

    private void aim(ObjectId object, long version, long now) {
        if (own.apply(object).version() >= version) {
            return;
        }
        List<MemberId> owners = new ArrayList<>();
        reports.forEach((member, versions) -> {
            if (versions.getOrDefault(object, 0L) == version) {
                owners.add(member);
            }
        });
        targets.put(object, new Target(version, owners, Repeat.from(now)));
    }

    private void tell(MemberId member, Map<ObjectId, Long> latest, long now) {
        if (member.equals(self)) {
            return;
        }
        Map<ObjectId, Long> has = reports.getOrDefault(member, Map.of());
        Map<ObjectId, Long> lacks = new HashMap<>(latest);
        lacks.entrySet().removeIf(entry -> has.getOrDefault(entry.getKey(), 0L) >= entry.getValue());
        Inventory inventory = new Inventory(epoch.number(), lacks);
        untold.put(member, new Untold(inventory, new Repeat(now)));
        transport.send(member, inventory);
    }

    private Map<ObjectId, Long> latest() {
        Map<ObjectId, Long> latest = new HashMap<>();
        reports.values()
                .forEach(versions -> versions.forEach((object, version) ->
                        latest.merge(object, Math.max(version, own.apply(object).version()), Math::max)));
        return latest;
    }

    /** Whether this home has the object's latest version. */
    boolean isRecovered(ObjectId object) {
        return unreported.isEmpty() && !targets.containsKey(object);
    }

    /** Whether this is the content that was asked for; then the object is recovered, and the next one is asked for. */
    boolean onState(State state, long now) {
        Target target = targets.get(state.object());
        if (target == null || state.version() < target.version()) {
            return false;
        }
        targets.remove(state.object());
        ask(now);
        return true;
    }

    /** Who fetches has heard what it lacks, so that need not be told again while it does. */
    void onFetch(MemberId member, long now) {
        Untold telling = untold.get(member);
        if (telling != null) {
            telling.repeat().postpone(now);
        }
    }

    void onSynced(MemberId member) {
        untold.remove(member);
    }

    /** Tells inventories again; asks for what is to be fetched now. */
    void onTick(long nanos) {
        untold.forEach((member, telling) -> {
            if (telling.repeat().isDue(nanos)) {
                transport.send(member, telling.inventory());
            }
        });
        pacing.onTick(nanos);
        ask(nanos);
    }

    private void ask(long now) {
        targets.entrySet().stream()
                .limit(AT_ONCE)
                .filter(each -> isDue(each.getKey(), each.getValue(), now))
                .forEach(each -> {
                    List<MemberId> owners = each.getValue().owners();
                    MemberId owner = owners.remove(0);
                    owners.add(owner);
                    fetch.accept(each.getKey(), owner);
                });
    }

    private boolean isDue(ObjectId object, Target target, long now) {
        return target.repeat().isDue(now)
                && pacing.isDue(
                        self, object, target.version(), own.apply(object).size(), now);
    }
}
