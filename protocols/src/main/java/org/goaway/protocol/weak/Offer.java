package org.goaway.protocol.weak;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    private Map<ObjectId, Slices> slices = new HashMap<>();

    /** The object that is asked about in several questions; null: none. */
    private Compare.Part rest;

    private Compare open;
    private boolean answered;
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

    /** The peer is being told of all of this object, so it need not be asked. */
    void toldAll(ObjectId object) {
        objects.remove(object);
        slices.remove(object);
        lacking.removeIf(field -> field.object().equals(object));
        if (rest != null && rest.object().equals(object)) {
            rest = null;
        }
    }

    /** Whether the peer has been told of all that it lacks of this object. */
    boolean isPast(ObjectId object) {
        return !objects.contains(object) && !slices.containsKey(object);
    }

    /** The next question: about these objects first. What breaks off here, as the memory may, leaves all as it was. */
    Compare ask(long number, Round round, long now, Set<ObjectId> first) {
        Iterator<ObjectId> next = Stream.concat(
                        first.stream().filter(objects::contains),
                        objects.stream().filter(object -> !first.contains(object)))
                .iterator();
        List<Compare.Part> parts = new ArrayList<>();
        Map<ObjectId, Slices> cut = new HashMap<>();
        Compare.Part left = rest;
        if (left != null) {
            cut.put(left.object(), slices.get(left.object()));
        }
        int room = SLICES_A_QUESTION;
        while (room > 0 && (left != null || next.hasNext())) {
            Compare.Part all = left != null ? left : whole(next.next(), cut);
            int most = Math.min(room, all.digests().size());
            parts.add(part(all, 0, most));
            left = most < all.digests().size() ? part(all, most, all.digests().size()) : null;
            room -= most;
        }
        open = new Compare(number, round, parts);
        asked = now;
        patience = FIRST_PATIENCE;
        rest = left;
        slices = cut;
        objects.removeAll(cut.keySet());
        return open;
    }

    private Compare.Part whole(ObjectId object, Map<ObjectId, Slices> cut) {
        Replica replica = copies.replica(object);
        Slices all = new Slices(replica, Slices.count(replica.size()));
        cut.put(object, all);
        List<Long> digests =
                IntStream.range(0, all.count()).mapToObj(all::digest).toList();
        return new Compare.Part(object, all.count(), 0, digests);
    }

    private static Compare.Part part(Compare.Part all, int from, int to) {
        return new Compare.Part(
                all.object(), all.slices(), all.first() + from, all.digests().subList(from, to));
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

    /**
     * Finds what the peer lacks. An answer to another question is none. Returns when the question was last asked, if it is the
     * first that is answered.
     */
    OptionalLong answered(Differing answer) {
        if (open == null || open.number() != answer.number()) {
            return OptionalLong.empty();
        }
        for (int i = 0; i < open.objects().size(); i++) {
            compare(open.objects().get(i), answer.objects().get(i));
        }
        open = null;
        boolean first = !answered;
        answered = true;
        return first ? OptionalLong.of(asked) : OptionalLong.empty();
    }

    private void compare(Compare.Part part, Differing.Part there) {
        Slices here = slices.get(part.object());
        if (here == null) {
            return; // it was told of all meanwhile
        }
        for (int slice : there.slices()) {
            here.forEachIn(slice, (field, version, value) -> {
                WeakVersion known = there.versions().get(field);
                if (known == null || version.compareTo(known) > 0) {
                    lacking.add(new FieldId(part.object(), field));
                }
            });
        }
    }

    /** Whether the peer is known to lack something. */
    boolean lacks() {
        return !lacking.isEmpty();
    }

    /** What the peer is known to lack. */
    Collection<FieldId> lacking() {
        return Collections.unmodifiableCollection(lacking);
    }

    /** The peer is being told of the first so many of these. */
    void told(int fields) {
        for (int i = 0; i < fields; i++) {
            lacking.remove();
        }
    }
}
