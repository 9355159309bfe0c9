package org.goaway.internal.object;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.goaway.protocol.ObjectId;

/** The handles of one application. Safe for any thread. */
final class Family {

    final Values values;
    private final Map<ObjectId, ObjectHandle> handles = new ConcurrentHashMap<>();
    private final Map<ObjectId, LockReference> locks = new ConcurrentHashMap<>();
    private final ReferenceQueue<LockHandle> dropped = new ReferenceQueue<>();

    /** A handle of a lock has nothing of its own: one that nobody has any more can be made again. */
    private static final class LockReference extends WeakReference<LockHandle> {
        private final ObjectId id;

        private LockReference(ObjectId id, LockHandle handle, ReferenceQueue<LockHandle> dropped) {
            super(handle, dropped);
            this.id = id;
        }
    }

    Family(Values values) {
        this.values = values;
    }

    <H extends ObjectHandle> H handle(ObjectId id, Class<H> kind, Function<ObjectId, H> create) {
        ObjectHandle known = handles.get(id);
        return kind.cast(known != null ? known : handles.computeIfAbsent(id, create));
    }

    LockHandle lock(ObjectId id, Function<ObjectId, LockHandle> create) {
        forgetDropped();
        LockReference known = locks.get(id);
        LockHandle handle = known == null ? null : known.get();
        while (handle == null) {
            handle = locks.compute(
                            id,
                            (same, there) -> there != null && there.get() != null
                                    ? there
                                    : new LockReference(id, create.apply(id), dropped))
                    .get();
        }
        return handle;
    }

    private void forgetDropped() {
        for (var gone = dropped.poll(); gone != null; gone = dropped.poll()) {
            LockReference reference = (LockReference) gone;
            locks.remove(reference.id, reference);
        }
    }

    /** How many locks it keeps something of. */
    int locks() {
        forgetDropped();
        return locks.size();
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
