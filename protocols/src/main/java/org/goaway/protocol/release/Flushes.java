package org.goaway.protocol.release;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.Transport;
import org.goaway.protocol.lock.Repeat;

/**
 * D6 at the releaser: whether all members of one epoch have what this one released. Then no change of the epoch loses it. A
 * confirmation is cumulative: while the releaser stays a member, a later version has all of its releases. On the event
 * loop only.
 */
class Flushes {

    /** One release that somebody waits for. */
    private static final class Flush {
        private final ObjectId object;
        private final long version;
        private final Set<MemberId> missing = new TreeSet<>();
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private Repeat repeat;

        Flush(ObjectId object, long version) {
            this.object = object;
            this.version = version;
        }
    }

    private final MemberId self;
    private final Transport transport;
    private final Clock clock;
    /** The latest release of each object that is not known to be everywhere. */
    private final Map<ObjectId, Long> released = new HashMap<>();
    /** The objects with releases that this member does not know to be kept, since it was out. */
    private final Set<ObjectId> doubtful = new HashSet<>();

    private final List<Flush> open = new ArrayList<>();
    private Epoch epoch;

    Flushes(MemberId self, Transport transport, Clock clock) {
        this.self = self;
        this.transport = transport;
        this.clock = clock;
    }

    /** This member has released a section of the object with this token. */
    void released(ObjectId object, long token) {
        released.put(object, token);
    }

    /** Completed once all members have the releases of the object so far. */
    CompletableFuture<Void> flush(ObjectId object) {
        if (doubtful.remove(object)) {
            return CompletableFuture.failedFuture(dropped(object));
        }
        Long version = released.get(object);
        if (version == null) {
            return CompletableFuture.completedFuture(null);
        }
        for (Flush flush : open) {
            if (flush.object.equals(object) && flush.version == version) {
                return flush.done;
            }
        }
        Flush flush = new Flush(object, version);
        open.add(flush);
        ask(flush);
        return flush.done;
    }

    private void ask(Flush flush) {
        flush.missing.clear();
        flush.missing.addAll(epoch.members());
        flush.missing.remove(self);
        flush.repeat = new Repeat(clock.nanos());
        if (!completed(flush)) {
            send(flush);
        }
    }

    private void send(Flush flush) {
        transport.multicast(flush.missing, new Confirm(epoch.number(), flush.object, flush.version));
    }

    void onConfirmed(MemberId from, Confirmed confirmed) {
        for (Flush flush : List.copyOf(open)) {
            if (flush.object.equals(confirmed.object()) && flush.version <= confirmed.version()) {
                flush.missing.remove(from);
                completed(flush);
            }
        }
    }

    private boolean completed(Flush flush) {
        if (!isStable(flush.missing)) {
            return false;
        }
        open.remove(flush);
        released.remove(flush.object, flush.version);
        flush.done.complete(null);
        return true;
    }

    /** Whether what only these members have not confirmed is safe from all that may happen. */
    boolean isStable(Set<MemberId> missing) {
        return missing.isEmpty();
    }

    /** Confirmations count in their epoch only: all of its members are asked anew. */
    void onEpoch(Epoch learned) {
        epoch = learned;
        List.copyOf(open).forEach(this::ask);
    }

    /**
     * This member is out: what it released may be kept or not. The next flush of each object says so, also where one is open:
     * nobody may wait for that any more, and it may be of an older release.
     */
    void onDropped() {
        doubtful.addAll(released.keySet());
        released.clear();
        List<Flush> lost = List.copyOf(open);
        open.clear();
        lost.forEach(flush -> flush.done.completeExceptionally(dropped(flush.object)));
    }

    private ProtocolException dropped(ObjectId object) {
        return new ProtocolException(
                ProtocolException.Outcome.UNKNOWN,
                "member " + self + " was out of the cluster after it had released " + object
                        + ": the others may have gone on without that release");
    }

    void onTick(long nanos) {
        for (Flush flush : open) {
            if (flush.repeat.isDue(nanos)) {
                send(flush);
            }
        }
    }
}
