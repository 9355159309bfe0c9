package org.goaway.internal.node;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.cluster.Membership;
import org.goaway.internal.cluster.Requests;
import org.goaway.internal.node.FoundingMessage.Answer;
import org.goaway.internal.node.FoundingMessage.Join;
import org.goaway.protocol.MemberId;

/**
 * Invites those who come after the founding: the leader's node asks every member of its view that is in no epoch. Who belongs
 * to another cluster refuses, which is logged once; then the two stay apart. On the event loop only.
 */
final class Recruiting {

    private static final Logger LOG = LogManager.getLogger(Recruiting.class);

    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Membership membership;
    private final Requests requests;
    private final BooleanSupplier leads;
    private final Predicate<MemberId> isMember;
    private final Supplier<Join> invitation;
    private final Set<MemberId> asked = new HashSet<>();
    private final Set<MemberId> refused = new HashSet<>();
    private long lookedAt;

    /**
     * @param leads whether this member leads now
     * @param isMember whether the agreed epoch has this member
     * @param invitation what to tell a newcomer
     */
    Recruiting(
            Membership membership,
            Requests requests,
            BooleanSupplier leads,
            Predicate<MemberId> isMember,
            Supplier<Join> invitation) {
        this.membership = membership;
        this.requests = requests;
        this.leads = leads;
        this.isMember = isMember;
        this.invitation = invitation;
    }

    void onTick(long nanos) {
        if (nanos - lookedAt < EVERY_NANOS || !leads.getAsBoolean()) {
            return;
        }
        lookedAt = nanos;
        for (MemberInfo info : membership.members()) {
            if (!isMember.test(info.id()) && asked.add(info.id())) {
                invite(info);
            }
        }
    }

    private void invite(MemberInfo info) {
        var unused = requests.request(info.id(), invitation.get(), Founding.STEP)
                .whenComplete((answer, failure) -> {
                    asked.remove(info.id());
                    String why = failure == null ? ((Answer) answer).refusal() : null;
                    if (why != null && refused.add(info.id())) {
                        LOG.warn("{} is not of this cluster and stays out: {}", info, why);
                    }
                });
    }
}
