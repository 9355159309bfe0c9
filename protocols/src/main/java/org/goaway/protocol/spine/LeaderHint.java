package org.goaway.protocol.spine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.goaway.protocol.Clock;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Transport;
import org.goaway.protocol.spine.SpineMessage.WhoLeads;

/**
 * Whom a member takes for the leader while its own log does not say: it asks one voter after the other. Commands are sent
 * only to members said to lead, so that one that never had a leader was certainly not done. One writer: the event loop.
 */
final class LeaderHint {

    private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final MemberId self;
    private final Transport transport;
    private final Clock clock;
    private MemberId leader;
    private long toldAt;
    private long askedAt;
    private int asked;

    LeaderHint(MemberId self, Transport transport, Clock clock) {
        this.self = self;
        this.transport = transport;
        this.clock = clock;
        this.askedAt = clock.nanos() - ASK_NANOS;
    }

    Optional<MemberId> leader() {
        return Optional.ofNullable(leader);
    }

    void onLeads(MemberId told) {
        leader = self.equals(told) ? null : told;
        toldAt = clock.nanos();
    }

    void onNotLeading(MemberId from, MemberId told) {
        onLeads(from.equals(told) ? null : told);
    }

    void onGone(MemberId member) {
        if (member.equals(leader)) {
            leader = null;
        }
    }

    /** Commands wait: forgets a leader that does not answer, and asks for one where none is known. */
    void onTick(long nanos, boolean logKnows, List<MemberId> voters, Outbox outbox) {
        if (leader != null && (logKnows || outbox.unanswered(leader, toldAt, nanos))) {
            leader = null;
        }
        if (leader == null && !logKnows && !voters.isEmpty() && nanos - askedAt >= ASK_NANOS) {
            askedAt = nanos;
            asked++;
            MemberId voter = voters.get(asked % voters.size());
            if (!voter.equals(self)) {
                transport.send(voter, new WhoLeads());
            }
        }
    }
}
