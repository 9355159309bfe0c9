package org.goaway.protocol.weak;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.goaway.protocol.MemberId;

/**
 * Sets made here that some member of the epoch has not acknowledged, and for which no batch waits any more since it is gone.
 * Belongs to the loop.
 */
final class Unconfirmed {

    private final MemberId self;
    private final Map<FieldId, WeakVersion> sets = new HashMap<>();
    /** Once what was to be sent up to this place is held, all is confirmed; -1: no such place. */
    private long confirmedAt = -1;

    Unconfirmed(MemberId self) {
        this.self = self;
    }

    /** Remembers those made here. */
    void add(List<FieldSet> some) {
        some.forEach(set -> add(new FieldId(set.object(), set.field()), set.version()));
        confirmedAt = -1;
    }

    void add(FieldId id, WeakVersion version) {
        if (version.writer().equals(self)) {
            sets.merge(id, version, (before, now) -> now.compareTo(before) > 0 ? now : before);
        }
    }

    /** Once all that are back have been told what they missed, nothing of that time is unconfirmed. */
    void confirm(Outbox outbox) {
        if (sets.isEmpty() || !outbox.isComplete()) {
            return;
        }
        if (confirmedAt < 0) {
            confirmedAt = outbox.mark();
        }
        if (outbox.isHeld(confirmedAt)) {
            sets.clear();
            confirmedAt = -1;
        }
    }

    Map<FieldId, WeakVersion> sets() {
        return Map.copyOf(sets);
    }
}
