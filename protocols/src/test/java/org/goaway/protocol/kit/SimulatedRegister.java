package org.goaway.protocol.kit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Lease;
import org.goaway.protocol.MemberId;

/**
 * The epoch register as an atomic object, with the hardest timing that its rules allow (spec/FastRead.tla): a member keeps
 * its lease until the very moment in which it is dropped, and learns of an epoch late, perhaps only of the one after it.
 */
public final class SimulatedRegister {

    private static final int SLOWEST_LEARNING = 400_000_000;

    private final LocalCluster cluster;
    private final List<Epoch> epochs = new ArrayList<>();
    private final Set<MemberId> promoted = new TreeSet<>();
    private final Set<MemberId> lapsed = new HashSet<>();

    SimulatedRegister(LocalCluster cluster, Epoch founding) {
        this.cluster = cluster;
        epochs.add(founding);
    }

    /** The epoch that is agreed on now, whoever has learned it. */
    public Epoch agreed() {
        return epochs.get(epochs.size() - 1);
    }

    /** The agreed epoch of this number. */
    public Epoch epoch(long number) {
        return epochs.get((int) number - 1);
    }

    /** Held by a member of the agreed epoch that has learned the epoch with which it came in (L1). */
    public Lease lease(MemberId member) {
        return () -> {
            Long joined = agreed().joined().get(member);
            return joined != null && cluster.known(member) >= joined && !lapsed.contains(member);
        };
    }

    /** Lets the member be without its lease for so long, as after a renewal that got lost. */
    public void lapse(MemberId member, Duration time) {
        lapsed.add(member);
        cluster.after(time, () -> lapsed.remove(member));
    }

    /**
     * Agrees on the next epoch at once: without {@code drop}, whose leases end with it, and with {@code add}, which are no
     * members now (one dropped here may be added again). Each member of it learns it sometime, as does who is out of it.
     *
     * @return whether it was agreed on; not if nobody would be full (C3), or nothing would change
     */
    public boolean change(Set<MemberId> drop, Set<MemberId> add) {
        Epoch old = agreed();
        Map<MemberId, Long> joined = new TreeMap<>(old.joined());
        joined.keySet().removeAll(drop);
        add.forEach(member -> joined.put(member, old.number() + 1));
        Set<MemberId> full = new TreeSet<>(old.full());
        full.addAll(promoted);
        full.retainAll(joined.keySet());
        full.removeAll(add);
        boolean same = joined.equals(old.joined()) && full.equals(Set.copyOf(old.full()));
        if (same || full.isEmpty()) {
            return false;
        }
        promoted.clear();
        Epoch next = new Epoch(old.number() + 1, joined, List.copyOf(full));
        epochs.add(next);
        next.members().forEach(member -> tell(member, next));
        old.members().stream()
                .filter(member -> !next.members().contains(member) && cluster.listensToDrops(member))
                .forEach(member -> tellOut(member, next));
        return true;
    }

    /** Drops a member, live or not. */
    public boolean drop(MemberId member) {
        return agreed().members().contains(member) && change(Set.of(member), Set.of());
    }

    /** Takes in a member that was dropped before, or one that {@link LocalCluster#enter} made. */
    public boolean add(MemberId member) {
        return !agreed().members().contains(member) && change(Set.of(), Set.of(member));
    }

    /** Makes the crashed leave, those that live and are out enter, and those that have caught up full. */
    public void settle() {
        Set<MemberId> drop = new TreeSet<>();
        Set<MemberId> add = new TreeSet<>();
        for (MemberId member : cluster.members()) {
            boolean in = agreed().members().contains(member);
            if (cluster.crashed(member) && in) {
                drop.add(member);
            } else if (!cluster.crashed(member) && !in) {
                add.add(member);
            }
        }
        change(drop, add);
    }

    /** C5: counts only for the stint in which the member caught up. */
    void promote(MemberId member, long joinEpoch) {
        boolean present = Long.valueOf(joinEpoch).equals(agreed().joined().get(member));
        if (present && !agreed().full().contains(member)) {
            promoted.add(member);
        }
    }

    private void tellOut(MemberId member, Epoch epoch) {
        Duration delay = Duration.ofNanos(cluster.random().nextInt(SLOWEST_LEARNING));
        cluster.after(delay, () -> cluster.onLoop(member, () -> cluster.drop(member, epoch)));
    }

    private void tell(MemberId member, Epoch epoch) {
        Duration delay = Duration.ofNanos(cluster.random().nextInt(SLOWEST_LEARNING));
        cluster.after(delay, () -> {
            // Some hear of an epoch only when there is a later one already.
            Epoch told = cluster.random().nextInt(4) == 0 ? agreed() : epoch;
            cluster.onLoop(member, () -> cluster.learn(member, told.members().contains(member) ? told : epoch));
        });
    }
}
