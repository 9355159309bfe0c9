package org.goaway.protocol.weak;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.Clock;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;

/** The syncs that are not answered. Belongs to the loop. */
final class Syncs {

    private record Begun(ObjectId object, CompletableFuture<Void> sync, long at) {}

    private final Clock clock;
    private final Outbox outbox;
    private final long patience;
    /** Those that are not done, and some that are. */
    private final List<Begun> begun = new ArrayList<>();

    /** @param patience after so many nanoseconds a sync fails */
    Syncs(Clock clock, Outbox outbox, long patience) {
        this.clock = clock;
        this.outbox = outbox;
        this.patience = patience;
    }

    /** Returns the sync, which ends in time from now on. */
    CompletableFuture<Void> add(ObjectId object, CompletableFuture<Void> sync) {
        if (!sync.isDone()) {
            begun.add(new Begun(object, sync, clock.nanos()));
        }
        return sync;
    }

    /** All end, for this reason. */
    void fail(String why) {
        List.copyOf(begun).forEach(each -> each.sync().completeExceptionally(failure(why)));
    }

    /** The failure of a sync, for this reason. */
    static ProtocolException failure(String why) {
        return new ProtocolException(Outcome.NOT_DONE, "sync cannot be answered: " + why);
    }

    void onTick(long now) {
        begun.removeIf(each -> each.sync().isDone());
        for (Begun each : List.copyOf(begun)) {
            if (now - each.at() >= patience) {
                each.sync().completeExceptionally(failure(late(each.object())));
            }
        }
    }

    private String late(ObjectId object) {
        Set<MemberId> missing = outbox.missing(object);
        return (missing.isEmpty()
                        ? "this member was out of the cluster, and does not know yet what the others have"
                        : missing + " did not acknowledge in time what was set")
                + "; it stays and goes on being sent, sync again later";
    }
}
