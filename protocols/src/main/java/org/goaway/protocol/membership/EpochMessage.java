package org.goaway.protocol.membership;

import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/** What a member's {@link Epochs} is told, by the leader's {@link Registrar} or by other members. Not bound to an epoch. */
public sealed interface EpochMessage extends Message {

    /**
     * Answer to a request for a lease: it was counted.
     *
     * @param sent as in the request
     * @param number of the epoch in which it was counted: to be learned before the lease is used (L1)
     * @param record that epoch, if the request did not know it; else null
     */
    record LeaseGranted(MemberId cluster, long sent, long number, Epoch record) implements EpochMessage {}

    /**
     * Answer to a request for a lease: you and other members do not reach each other, and the cluster goes on without you
     * unless that ends.
     */
    record LeaseRefused(MemberId cluster) implements EpochMessage {}

    /** An epoch that was agreed on. */
    record Announcement(MemberId cluster, Epoch epoch) implements EpochMessage {}

    /** Tell me your epoch if it is later than {@code known}. */
    record EpochRequest(MemberId cluster, long known) implements EpochMessage {}

    /** You sent me a message of an earlier epoch than {@code number}, which I know (C7). */
    record Stale(MemberId cluster, long number) implements EpochMessage {}

    /** You took me for the log's leader; null: I do not know who is. */
    record NotLeading(MemberId leader) implements EpochMessage {}

    /** You belong to another cluster than I; null: to none, and I take in none. */
    record OtherCluster(MemberId cluster) implements EpochMessage {}

    /**
     * Do you hear me?
     *
     * @param sent my clock
     */
    record Hello(long sent) implements EpochMessage {}

    /** Answer to {@link Hello}: I do; {@code sent} as there. */
    record Heard(long sent) implements EpochMessage {}

    @Override
    default boolean unordered() {
        return true;
    }
}
