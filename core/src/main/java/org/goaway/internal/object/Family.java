package org.goaway.internal.object;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.goaway.protocol.ObjectId;

/** The handles of one application. Safe for any thread. */
final class Family {

    final Values values;
    private final Map<ObjectId, ObjectHandle> handles = new ConcurrentHashMap<>();
    private final Map<ObjectId, LockHandle> locks = new ConcurrentHashMap<>();

    Family(Values values) {
        this.values = values;
    }

    <H extends ObjectHandle> H handle(ObjectId id, Class<H> kind, Function<ObjectId, H> create) {
        ObjectHandle known = handles.get(id);
        return kind.cast(known != null ? known : handles.computeIfAbsent(id, create));
    }

    LockHandle lock(ObjectId id, Function<ObjectId, LockHandle> create) {
        LockHandle known = locks.get(id);
        return known != null ? known : locks.computeIfAbsent(id, create);
    }

    /** No application listens to the field any more. */
    void unwatch(ObjectId id, String field) {
        ObjectHandle handle = handles.get(id);
        if (handle != null) {
            handle.unwatch(field);
        }
    }

    /** The program has ended: drops all decoded copies, and makes no more. */
    void forget() {
        values.end();
        handles.values().forEach(ObjectHandle::forget);
    }
}
