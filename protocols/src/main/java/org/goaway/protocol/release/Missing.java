package org.goaway.protocol.release;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.goaway.protocol.Clock;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;

/**
 * What a replica knows to be missing from its copies: versions that it has heard of, which it fetches from their homes, and
 * diffs that came before the one they are based on. On the event loop only.
 */
final class Missing {

    /** So long a version may come by itself before it is fetched. */
    private static final long PATIENCE = 100_000_000;

    private final Clock clock;
    private final Function<ObjectId, MemberId> homes;
    private final Consumer<ObjectId> fetch;
    private final Map<ObjectId, Long> wanted = new HashMap<>();
    private final Map<MemberId, FetchQueue> queues = new LinkedHashMap<>();
    private final Map<ObjectId, Map<Long, Diff>> ahead = new HashMap<>();

    /**
     * @param homes the objects' homes in the present epoch
     * @param fetch asks the object's home for its content
     */
    Missing(Clock clock, Function<ObjectId, MemberId> homes, Consumer<ObjectId> fetch) {
        this.clock = clock;
        this.homes = homes;
        this.fetch = fetch;
    }

    /** The object's copy is to reach this version. */
    void want(ObjectId object, long version) {
        wanted.merge(object, version, Math::max);
        queue(object).add(object, clock.nanos() + PATIENCE);
    }

    /** As {@link #want}, but it does not come by itself. */
    void wantSoon(ObjectId object, long version) {
        wanted.merge(object, version, Math::max);
        queue(object).add(object, clock.nanos());
    }

    /** As {@link #want}, but somebody waits to enter with it. */
    void wantFirst(ObjectId object, long version) {
        wanted.merge(object, version, Math::max);
        queue(object).addUrgent(object, clock.nanos() + PATIENCE);
    }

    private FetchQueue queue(ObjectId object) {
        return queues.computeIfAbsent(homes.apply(object), home -> new FetchQueue(fetch));
    }

    /** Nothing of an earlier epoch is valid (C7): neither diffs, nor what was heard of. */
    void clear() {
        wanted.clear();
        queues.clear();
        ahead.clear();
    }

    /** Keeps a diff until the copy has its base. */
    void keep(Diff diff) {
        ahead.computeIfAbsent(diff.object(), object -> new HashMap<>()).put(diff.base(), diff);
        want(diff.object(), diff.base());
    }

    /** The object's content came from its home. */
    void heard(ObjectId object) {
        FetchQueue queue = queues.get(homes.apply(object));
        if (queue != null) {
            queue.heard(clock.nanos());
        }
    }

    /** The copy has reached this version: drops what is no longer missing; returns the diff that fits now. */
    Optional<Diff> reached(ObjectId object, long version) {
        Long known = wanted.get(object);
        if (known != null && known <= version) {
            wanted.remove(object);
            queue(object).remove(object, clock.nanos());
        }
        Map<Long, Diff> diffs = ahead.get(object);
        if (diffs == null) {
            return Optional.empty();
        }
        diffs.values().removeIf(diff -> diff.token() <= version);
        Diff next = diffs.remove(version);
        if (diffs.isEmpty()) {
            ahead.remove(object);
        }
        return Optional.ofNullable(next);
    }

    void onTick(long nanos) {
        queues.values().removeIf(FetchQueue::isEmpty);
        queues.values().forEach(queue -> queue.onTick(nanos));
    }
}
