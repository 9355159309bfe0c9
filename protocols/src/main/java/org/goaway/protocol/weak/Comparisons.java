package org.goaway.protocol.weak;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;

/**
 * Answers peers that compare what they have with what is here, and keeps the slices of an object that a peer asks about in
 * several questions: it costs one walk over the object's fields, not one for each question. Belongs to the loop.
 */
final class Comparisons {

    private record Begun(ObjectId object, Slices slices) {

        boolean goesOnWith(Compare.Part asked) {
            return asked.first() > 0 && object.equals(asked.object()) && slices.count() == asked.slices();
        }
    }

    private final Copies copies;
    private final Map<MemberId, Begun> begun = new HashMap<>();

    Comparisons(Copies copies) {
        this.copies = copies;
    }

    /** What is different here of an object that {@code from} asks about. */
    Differing.Part differing(MemberId from, Compare.Part asked) {
        Begun last = begun.remove(from);
        Slices slices = last != null && last.goesOnWith(asked)
                ? last.slices
                : new Slices(copies.replica(asked.object()), asked.slices());
        if (asked.first() + asked.digests().size() < asked.slices()) {
            begun.put(from, new Begun(asked.object(), slices));
        }
        return slices.differing(asked);
    }

    /** Only these ask on. */
    void retain(Set<MemberId> peers) {
        begun.keySet().retainAll(peers);
    }

    /** This peer is gone: should it come back, it begins anew. */
    void forget(MemberId peer) {
        begun.remove(peer);
    }
}
