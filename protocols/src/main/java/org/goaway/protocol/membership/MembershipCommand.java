package org.goaway.protocol.membership;

import java.util.List;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/**
 * What the {@link EpochRegister} understands. All but {@link Found} are appended to the log as entries of their own by the
 * {@link Registrar} of the member that leads, so that they never queue behind data, and are harmless when applied twice.
 */
public sealed interface MembershipCommand extends Message permits Found, MembershipCommand.Step {

    /** What changes a register that was founded. Answered by {@link Agreed} or {@link Renewed}. */
    sealed interface Step extends MembershipCommand {}

    /**
     * Makes the next epoch: without {@code drop}, with {@code add}, and with the promoted members among the full ones.
     * Refused as a whole if {@code from} is not the number of the present epoch, if nobody would be full (C3), or if
     * nothing would change. A member may be dropped and added: what it holds is void then.
     */
    record Change(long from, List<Drop> drop, List<MemberId> add) implements Step {}

    /**
     * A member to be dropped, unless more renewals of it were applied than its proposer knew of: it may hold a lease then
     * (C2a).
     *
     * @param renewals how many the proposer knew of; {@link Long#MAX_VALUE} if the member has left or its process has ended: it
     *     holds no lease and never comes back
     */
    record Drop(MemberId member, long renewals) {

        /** One that has left or whose process has ended. */
        static Drop forGood(MemberId member) {
            return new Drop(member, Long.MAX_VALUE);
        }

        /** Whether the member never comes back. */
        public boolean isForGood() {
            return renewals == Long.MAX_VALUE;
        }
    }

    /** The member's copies are complete: it is full in the next epoch if this still is its stint (C5). */
    record Promote(MemberId member, long joinEpoch) implements Step {}

    /** Counts a renewal for each of these that is a member and knows with which epoch it came in. */
    record Renew(List<Renewal> renewals) implements Step {}

    /** A member's wish to go on holding its lease, and the number of the epoch that it knew. */
    record Renewal(MemberId member, long known) {}
}
