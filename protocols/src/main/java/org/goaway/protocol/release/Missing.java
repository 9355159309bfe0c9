package org.goaway.protocol.release;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.lock.Repeat;

/**
 * What a replica knows to be missing from its copies: versions that it has heard of, and diffs that came before the one
 * they are based on. On the event loop only.
 */
final class Missing {

    private static final int AT_ONCE = 100;

    private record Wanted(long version, Repeat repeat) {}

    private final Map<ObjectId, Wanted> wanted = new LinkedHashMap<>();
    private final Map<ObjectId, Map<Long, Diff>> ahead = new HashMap<>();

    /** The object's copy is to reach this version. */
    void want(ObjectId object, long version, long now) {
        Wanted known = wanted.get(object);
        if (known == null) {
            wanted.put(object, new Wanted(version, new Repeat(now)));
        } else if (known.version() < version) {
            wanted.put(object, new Wanted(version, known.repeat()));
        }
    }

    /** As {@link #want}, but asked for at the next tick. */
    void wantSoon(ObjectId object, long version, long now) {
        Wanted known = wanted.get(object);
        long most = known == null ? version : Math.max(known.version(), version);
        wanted.put(object, new Wanted(most, Repeat.from(now)));
    }

    /** Nothing of an earlier epoch is valid (C7): neither diffs, nor what was heard of. */
    void clear() {
        wanted.clear();
        ahead.clear();
    }

    /** Keeps a diff until the copy has its base. */
    void keep(Diff diff, long now) {
        ahead.computeIfAbsent(diff.object(), object -> new HashMap<>()).put(diff.base(), diff);
        want(diff.object(), diff.base(), now);
    }

    /** The copy has reached this version: drops what is no longer missing; returns the diff that fits now. */
    Optional<Diff> reached(ObjectId object, long version) {
        Wanted known = wanted.get(object);
        if (known != null && known.version() <= version) {
            wanted.remove(object);
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

    /** Names the objects that are to be asked for now; few at once, so that a joiner does not drown. */
    void onTick(long nanos, Consumer<ObjectId> ask) {
        wanted.entrySet().stream()
                .filter(entry -> entry.getValue().repeat().isDue(nanos))
                .limit(AT_ONCE)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(ask);
    }
}
