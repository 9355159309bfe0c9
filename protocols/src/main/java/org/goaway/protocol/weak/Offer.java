package org.goaway.protocol.weak;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.goaway.protocol.ObjectId;

/**
 * What one peer is still to be compared with, and the fields found that it lacks. Belongs to the loop.
 *
 * <p>One question at a time is open; it is repeated until it is answered.
 */
final class Offer {

    private static final long FIRST_PATIENCE = Duration.ofMillis(100).toNanos();
    private static final long MOST_PATIENCE = Duration.ofSeconds(2).toNanos();

    /** As many as can be answered, if all differ, in a message of about a megabyte. */
    private static final int SLICES_A_QUESTION = 256;

    private final Copies copies;
    /** Those not asked about yet. */
    private final Set<ObjectId> objects;

    private final Deque<FieldId> lacking = new ArrayDeque<>();
    /** Those of the objects in the last question, and of the rest. */
    private final Map<ObjectId, Slices> slices = new HashMap<>();
    /** The object that is asked about in several questions; null: none. */
    private Compare.Part rest;

    private Compare open;
    private long asked;
    private long patience;

    /** Compares these objects, in this order. */
    Offer(Copies copies, List<ObjectId> objects) {
        this.copies = copies;
        this.objects = new LinkedHashSet<>(objects);
    }

    /** Whether the peer has been told of all that it lacks. */
    boolean isDone() {
        return open == null && lacking.isEmpty() && nothingToAsk();
    }

    /** Whether the next question may be asked: the last one is answered and what it found is sent. */
    boolean mayAsk() {
        return open == null && lacking.isEmpty() && !nothingToAsk();
    }

    private boolean nothingToAsk() {
        return rest == null && objects.isEmpty();
    }

    /** Whether the peer has been told of all that it lacks of this object. */
    boolean isPast(ObjectId object) {
        return !objects.contains(object) && !slices.containsKey(object);
    }

    /** The next question: about these objects first. */
    Compare ask(long number, Round round, long now, Set<ObjectId> first) {
        slices.keySet().removeIf(object -> rest == null || !object.equals(rest.object()));
        List<Compare.Part> parts = new ArrayList<>();
        int room = SLICES_A_QUESTION;
        while (room > 0 && !nothingToAsk()) {
            Compare.Part next = nextPart(room, first);
            room -= next.digests().size();
            parts.add(next);
            if (rest != null) {
                break; // an object is in a question once
            }
        }
        open = new Compare(number, round, parts);
        asked = now;
        patience = FIRST_PATIENCE;
        return open;
    }

    private Compare.Part nextPart(int most, Set<ObjectId> first) {
        Compare.Part all = rest != null ? rest : whole(next(first));
        rest = null;
        List<Long> digests = all.digests();
        if (digests.size() <= most) {
            return all;
        }
        rest = new Compare.Part(all.object(), all.slices(), all.first() + most, digests.subList(most, digests.size()));
        return new Compare.Part(all.object(), all.slices(), all.first(), digests.subList(0, most));
    }

    private ObjectId next(Set<ObjectId> first) {
        ObjectId next = first.stream()
                .filter(objects::contains)
                .findFirst()
                .orElseGet(() -> objects.iterator().next());
        objects.remove(next);
        return next;
    }

    private Compare.Part whole(ObjectId object) {
        Replica replica = copies.replica(object);
        Slices all = new Slices(replica, Slices.count(replica.size()));
        slices.put(object, all);
        List<Long> digests =
                IntStream.range(0, all.count()).mapToObj(all::digest).toList();
        return new Compare.Part(object, all.count(), 0, digests);
    }

    /** The open question if it is time to repeat it, else null. */
    Compare due(long now) {
        if (open == null || now - asked < patience) {
            return null;
        }
        asked = now;
        patience = Math.min(2 * patience, MOST_PATIENCE);
        return open;
    }

    /** Finds what the peer lacks. An answer to another question is none. */
    void answered(Differing answer) {
        if (open == null || open.number() != answer.number()) {
            return;
        }
        for (int i = 0; i < open.objects().size(); i++) {
            compare(open.objects().get(i), answer.objects().get(i));
        }
        open = null;
    }

    private void compare(Compare.Part part, Differing.Part there) {
        Slices here = slices.get(part.object());
        for (int slice : there.slices()) {
            here.forEachIn(slice, (field, version, value) -> {
                WeakVersion known = there.versions().get(field);
                if (known == null || version.compareTo(known) > 0) {
                    lacking.add(new FieldId(part.object(), field));
                }
            });
        }
    }

    /** What the peer is known to lack. */
    Deque<FieldId> lacking() {
        return lacking;
    }
}
