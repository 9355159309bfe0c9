package org.goaway.protocol.membership;

import java.util.Map;
import java.util.Set;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/**
 * All that the register holds: the answer to the commands that change it, and its piece of a snapshot.
 *
 * @param cluster which founding this goes back to: the first of the founding members
 * @param epoch the epoch that holds
 * @param promoted the members that will be full in the next epoch
 * @param renewals how many renewals of each member were counted since it came in
 */
public record Agreed(MemberId cluster, Epoch epoch, Set<MemberId> promoted, Map<MemberId, Long> renewals)
        implements Message {

    public Agreed {
        promoted = Set.copyOf(promoted);
        renewals = Map.copyOf(renewals);
    }
}
