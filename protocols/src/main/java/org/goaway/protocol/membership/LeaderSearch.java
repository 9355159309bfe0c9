package org.goaway.protocol.membership;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.membership.EpochMessage.NotLeading;

/**
 * Whom a member asks for what only the leader can do: the leader if it knows it, else whom it was pointed to, else one
 * member after the other. One writer: the event loop.
 */
final class LeaderSearch {

    private final MemberId self;
    private final EpochPorts ports;
    private final long trustNanos;
    private final Set<MemberId> present = new TreeSet<>();
    private MemberId hint;
    private long hintedAt;
    /** Whether somebody did what only the leader can since this member's loop had stopped. */
    private boolean confirmed;

    private MemberId denied;
    private long deniedAt;
    private int asked;

    /** @param trustNanos how long a hint is followed that nobody confirms */
    LeaderSearch(MemberId self, EpochPorts ports, long trustNanos) {
        this.self = self;
        this.ports = ports;
        this.trustNanos = trustNanos;
    }

    void onPresent(MemberId member) {
        present.add(member);
    }

    void onGone(MemberId member) {
        present.remove(member);
        if (member.equals(hint)) {
            hint = null;
        }
    }

    /** {@code from} did what only the leader can. */
    void onAnswered(MemberId from) {
        hint = from;
        hintedAt = ports.clock().nanos();
        confirmed = true;
    }

    /**
     * This member's loop had stopped: who led then may lead still, and has to be asked before it misses this member for good.
     * Not who has answered nothing since the last time: a loop that stops again and again would ask nobody else.
     */
    void restart() {
        if (confirmed) {
            hintedAt = ports.clock().nanos();
        }
        confirmed = false;
    }

    void onNotLeading(MemberId from, NotLeading other) {
        long now = ports.clock().nanos();
        denied = from;
        deniedAt = now;
        if (from.equals(hint)) {
            hint = null;
        }
        if (other.leader() != null && !other.leader().equals(from)) {
            hint = other.leader();
            hintedAt = now;
        }
    }

    /** The member to ask next; empty if nobody else is known. */
    Optional<MemberId> next(Collection<MemberId> members) {
        long now = ports.clock().nanos();
        Optional<MemberId> told = ports.leader().get();
        if (told.isPresent() && !(told.get().equals(denied) && now - deniedAt < trustNanos)) {
            return told;
        }
        if (hint != null && now - hintedAt < trustNanos) {
            return Optional.of(hint);
        }
        hint = null;
        Set<MemberId> all = new TreeSet<>(present);
        all.addAll(members);
        all.remove(self);
        List<MemberId> others = new ArrayList<>(all);
        return others.isEmpty() ? Optional.empty() : Optional.of(others.get(asked++ % others.size()));
    }
}
