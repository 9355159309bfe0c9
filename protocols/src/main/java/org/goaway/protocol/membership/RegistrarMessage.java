package org.goaway.protocol.membership;

import java.util.Set;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/**
 * What a member tells the one that leads the log, whose {@link Registrar} handles it. Each names the cluster that it is
 * about, so that members of two clusters that see each other stay apart. Not bound to an epoch: these are about epochs.
 */
public sealed interface RegistrarMessage extends Message {

    /** Which cluster the sender belongs to; null: none yet ({@link Joining} only). */
    MemberId cluster();

    /**
     * I want my lease to last from {@code sent} (L1).
     *
     * @param sent my clock when I asked
     * @param known the number of the epoch that I know
     * @param heard the {@code sent} of the last grant I received; 0: none. A member that asks but never hears is no use to
     *     anybody
     * @param unheard the other members with which I had no contact for the time of a lease
     */
    record LeaseRequest(MemberId cluster, long sent, long known, long heard, Set<MemberId> unheard)
            implements RegistrarMessage {

        public LeaseRequest {
            unheard = Set.copyOf(unheard);
        }
    }

    /**
     * I am no member and want to be one. Repeated until I am.
     *
     * @param heard the members with which I had contact: I am no use unless these are all
     */
    record Joining(MemberId cluster, Set<MemberId> heard) implements RegistrarMessage {

        public Joining {
            heard = Set.copyOf(heard);
        }
    }

    /** I gave up my lease for good: drop me. Repeated until I am. */
    record Leaving(MemberId cluster) implements RegistrarMessage {}

    /**
     * I could not learn an epoch, so my copies are void, and I gave up my lease for the rest of the stint that began with
     * {@code joinEpoch}: drop me, I come in anew. Repeated until I am out.
     */
    record Failed(MemberId cluster, long joinEpoch) implements RegistrarMessage {}

    /** The process of {@code member} has ended: drop it. Repeated until it is. */
    record Ended(MemberId cluster, MemberId member) implements RegistrarMessage {}

    /** All my copies are complete in the stint that began with {@code joinEpoch}. Repeated until I am full. */
    record Promotion(MemberId cluster, long joinEpoch) implements RegistrarMessage {}

    @Override
    default boolean unordered() {
        return true;
    }
}
