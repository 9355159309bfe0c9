package org.goaway.internal.node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;

/**
 * Decides when what a member runs and has started is lost. The view alone does not: of two members one may lose the other
 * from view unnoticed, and would wait for ever for what the other has ended. The epoch is the same for both: one that drops
 * a member, or has it enter anew, ends what was between it and the others at both ends. On the event loop only.
 */
final class Departures {

    private static final Logger LOG = LogManager.getLogger(Departures.class);

    /** Where nothing can be agreed on any more, a member out of view for so long counts as lost. */
    static final long UNAGREED_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final MemberId self;
    private final BiConsumer<Set<MemberId>, Set<MemberId>> lost;
    private final Consumer<MemberId> back;
    // Of each member that was ever lost here its identity stays: it may come back after any time, and is to be told
    // then.
    private final Map<MemberId, Long> unseenSince = new HashMap<>();
    private final Set<MemberId> told = new HashSet<>();
    /** Those whose loss is still to be told. */
    private final Set<MemberId> untold = new HashSet<>();
    /** Whose process has ended, so that they never come back, whatever epoch still has them. */
    private final Set<MemberId> ended = new HashSet<>();

    private Epoch epoch;
    /** Whether the cluster goes on without this member, in epochs of which it does not learn. */
    private boolean out;

    /**
     * @param lost told of each loss once, until the member is back; with those of the members that are back at once. If it fails
     *     it is told again
     * @param back told of each lost member that is back later
     */
    Departures(MemberId self, BiConsumer<Set<MemberId>, Set<MemberId>> lost, Consumer<MemberId> back) {
        this.self = self;
        this.lost = lost;
        this.back = back;
    }

    void onEpoch(Epoch learned) {
        if (epoch != null) {
            untold.addAll(parted(epoch, learned));
        }
        epoch = learned;
        out = false;
        tell();
    }

    /** What fails is told by the next tick. */
    private void tell() {
        try {
            tellReturns();
        } finally {
            tellLosses();
        }
    }

    private void tellReturns() {
        for (MemberId member : List.copyOf(told)) {
            if (isHere(member)) {
                back.accept(member);
                told.remove(member);
            }
        }
    }

    private void tellLosses() {
        if (!untold.isEmpty()) {
            Set<MemberId> all = new TreeSet<>(untold);
            Set<MemberId> atOnce = new TreeSet<>(untold);
            atOnce.removeIf(member -> !isHere(member));
            lost.accept(all, atOnce);
            told.addAll(all);
            told.removeAll(atOnce);
            untold.clear();
        }
    }

    /**
     * The cluster goes on without this member: it is parted from these, of which it is told when it has entered anew. Until then nobody is back.
     */
    Set<MemberId> onOut() {
        out = true;
        return epoch == null
                ? Set.of()
                : epoch.members().stream()
                        .filter(member -> !member.equals(self) && !told.contains(member))
                        .collect(Collectors.toSet());
    }

    /** Those that the epoch has parted from this member, and whose loss is not told yet. */
    private Set<MemberId> parted(Epoch before, Epoch learned) {
        boolean selfAnew = learned.entersAnew(self, before.number());
        return before.members().stream()
                .filter(member -> !member.equals(self) && !told.contains(member))
                .filter(member ->
                        selfAnew || !learned.members().contains(member) || learned.entersAnew(member, before.number()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isHere(MemberId member) {
        return epoch != null
                && !out
                && epoch.members().contains(member)
                && !unseenSince.containsKey(member)
                && !ended.contains(member);
    }

    /** Its process is known to have ended. */
    void onEnded(MemberId member) {
        ended.add(member);
        lose(member);
    }

    void onUnseen(MemberId member, long nanos) {
        unseenSince.put(member, nanos);
        if (epoch == null || !epoch.members().contains(member)) {
            lose(member);
        }
    }

    void onSeen(MemberId member) {
        unseenSince.remove(member);
        tell();
    }

    void onTick(long nanos) {
        unseenSince.forEach((member, since) -> {
            if (nanos - since >= UNAGREED_NANOS && isToBeTold(member)) {
                LOG.warn("{} is out of view for long and nothing can be agreed on; it counts as lost", member);
                untold.add(member);
            }
        });
        tell();
    }

    private void lose(MemberId member) {
        if (isToBeTold(member)) {
            untold.add(member);
            tell();
        }
    }

    private boolean isToBeTold(MemberId member) {
        return !told.contains(member) && !untold.contains(member);
    }
}
