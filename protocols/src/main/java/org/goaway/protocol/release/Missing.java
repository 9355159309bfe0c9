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

    /** Names the objects that are to be asked for now. */
    void onTick(long nanos, Consumer<ObjectId> ask) {
        wanted.forEach((object, version) -> {
            if (version.repeat().isDue(nanos)) {
                ask.accept(object);
            }
        });
    }
}
