package org.goaway.protocol.release;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Transport;

/** D6 at the others: whom to tell when this member's copy has a version. On the event loop only. */
final class Confirming {

    private final Transport transport;
    private final ToLongFunction<ObjectId> own;
    private final Map<ObjectId, Map<MemberId, Confirm>> waiting = new HashMap<>();

    /** @param own the versions of this member's copies */
    Confirming(Transport transport, ToLongFunction<ObjectId> own) {
        this.transport = transport;
        this.own = own;
    }

    /** Returns whether the copy has it; if not, {@link #advanced} tells later. */
    boolean onConfirm(MemberId from, Confirm confirm) {
        waiting.computeIfAbsent(confirm.object(), object -> new HashMap<>())
                .merge(from, confirm, (old, next) -> old.version() > next.version() ? old : next);
        return advanced(confirm.object());
    }

    /** This member's copy of the object may have a newer version. Returns whether nobody waits for a still newer one. */
    boolean advanced(ObjectId object) {
        Map<MemberId, Confirm> askers = waiting.get(object);
        if (askers == null) {
            return true;
        }
        long version = own.applyAsLong(object);
        askers.entrySet().removeIf(asker -> {
            boolean has = asker.getValue().version() <= version;
            if (has) {
                transport.send(asker.getKey(), new Confirmed(asker.getValue().epoch(), object, version));
            }
            return has;
        });
        if (askers.isEmpty()) {
            waiting.remove(object);
        }
        return askers.isEmpty();
    }

    /** Whoever still wants to know asks in the new epoch. */
    void clear() {
        waiting.clear();
    }
}
