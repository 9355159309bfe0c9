package org.goaway.internal.node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
    private final Consumer<MemberId> lost;
    private final Consumer<MemberId> back;
    // Of each member that was ever lost here its identity stays: it may come back after any time, and is to be told
    // then.
    private final Map<MemberId, Long> unseenSince = new HashMap<>();
    private final Set<MemberId> told = new HashSet<>();
    private Epoch epoch;

    /**
     * @param lost told of each loss once, until the member is back
     * @param back told of each lost member that is back
     */
    Departures(MemberId self, Consumer<MemberId> lost, Consumer<MemberId> back) {
        this.self = self;
        this.lost = lost;
        this.back = back;
    }

    void onEpoch(Epoch learned) {
        Epoch before = epoch;
        epoch = learned;
        boolean selfAnew = before != null && learned.entersAnew(self, before.number());
        for (MemberId member : before == null ? Set.<MemberId>of() : before.members()) {
            boolean out = !learned.members().contains(member);
            if (!member.equals(self) && (out || selfAnew || learned.entersAnew(member, before.number()))) {
                lose(member);
            }
        }
        List.copyOf(told).stream()
                .filter(member -> learned.members().contains(member) && !unseenSince.containsKey(member))
                .forEach(this::isBack);
    }

    /** Its process is known to have ended. */
    void onEnded(MemberId member) {
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
        if (epoch != null && epoch.members().contains(member)) {
            isBack(member);
        }
    }

    void onTick(long nanos) {
        unseenSince.forEach((member, since) -> {
            if (nanos - since >= UNAGREED_NANOS && !told.contains(member)) {
                LOG.warn("{} is out of view for long and nothing can be agreed on; it counts as lost", member);
                lose(member);
            }
        });
    }

    private void isBack(MemberId member) {
        if (told.remove(member)) {
            back.accept(member);
        }
    }

    private void lose(MemberId member) {
        if (told.add(member)) {
            lost.accept(member);
        }
    }
}
