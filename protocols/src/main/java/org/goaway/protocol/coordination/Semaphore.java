package org.goaway.protocol.coordination;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.goaway.protocol.MemberId;

/**
 * A semaphore: a free permit goes to whoever came first. A permit belongs to the member that got it, not to a thread, and is
 * free again when that member leaves.
 *
 * <p>A member that was taken for lost may release what was freed already, before it is back or after: so many of its
 * releases are without effect. Any other release without a permit adds one. So there are never more permits about than were made
 * and added. What its threads never learned that they had got they will not release: those permits are not counted once
 * the member has said so. All this is remembered until the member has released or said so, or never comes back for certain;
 * of one that is merely lost that is at most what it held then.
 */
class Semaphore implements Line {

    private final String name;
    private final int permits;
    private final Places places;
    private final Set<Place> queue = new LinkedHashSet<>();
    private final Map<MemberId, Long> held = new LinkedHashMap<>();
    private final Map<MemberId, Long> returned = new LinkedHashMap<>();
    private long free;

    Semaphore(String name, int permits, Places places) {
        this.name = name;
        this.permits = permits;
        this.places = places;
        this.free = permits;
    }

    Semaphore(CoordinationPiece.OfSemaphore piece, Places places) {
        this(piece.name(), piece.permits(), places);
        free = piece.free();
        held.putAll(piece.held());
        returned.putAll(piece.returned());
        piece.queue().forEach(place -> {
            queue.add(place);
            places.begin(place, this);
        });
    }

    int permits() {
        return permits;
    }

    long free() {
        return free;
    }

    void acquire(Place place, boolean mayWait) {
        places.begin(place, this);
        // Somebody in the queue means that nothing is free.
        if (free == 0 && !mayWait) {
            places.end(place, Ended.of(place.number(), Ended.How.REFUSED));
            return;
        }
        queue.add(place);
        grant();
    }

    /** Whether the member's next release is one of what was freed already. */
    boolean owes(MemberId member) {
        return returned.containsKey(member);
    }

    void release(MemberId member) {
        if (!take(returned, member)) {
            giveBack(member);
        }
    }

    private void giveBack(MemberId member) {
        take(held, member);
        free++;
        grant();
    }

    private void grant() {
        while (free > 0 && !queue.isEmpty()) {
            Place next = queue.iterator().next();
            queue.remove(next);
            free--;
            held.merge(next.member(), 1L, Long::sum);
            places.end(next, Ended.of(next.number(), Ended.How.PASSED));
        }
    }

    private static boolean take(Map<MemberId, Long> counts, MemberId member) {
        Long before = counts.get(member);
        counts.computeIfPresent(member, (present, count) -> count == 1 ? null : count - 1);
        return before != null;
    }

    @Override
    public void withdraw(Place place) {
        queue.remove(place);
    }

    @Override
    public Ended undo(Place place, Ended ended) {
        if (!mayForfeit(ended)) {
            return ended;
        }
        if (ended.how() == Ended.How.FORFEITED) {
            release(place.member()); // freed already, and its thread will not release it: that is settled
        } else {
            giveBack(place.member()); // this very permit, whatever the member may still release of those it lost
        }
        return Ended.of(place.number(), Ended.How.TAKEN_BACK);
    }

    @Override
    public boolean mayForfeit(Ended ended) {
        return ended.how() == Ended.How.PASSED || ended.how() == Ended.How.FORFEITED;
    }

    @Override
    public void leave(Set<MemberId> left) {
        queue.removeIf(place -> left.contains(place.member()));
        for (MemberId member : left) {
            Long permitsOfIt = held.remove(member);
            if (permitsOfIt != null) {
                free += permitsOfIt;
                returned.merge(member, permitsOfIt, Long::sum);
            }
        }
        grant();
    }

    /** These members, which have left, release nothing any more. */
    void forget(Set<MemberId> ended) {
        returned.keySet().removeAll(ended);
    }

    @Override
    public long standingOfLast() {
        return queue.size() - 1L;
    }

    @Override
    public ToLongFunction<Place> standings() {
        Map<Place, Long> before = new HashMap<>();
        queue.forEach(place -> before.put(place, (long) before.size()));
        return before::get;
    }

    @Override
    public CoordinationPiece.Kind kind() {
        return CoordinationPiece.Kind.SEMAPHORE;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CoordinationPiece piece() {
        return new CoordinationPiece.OfSemaphore(
                name, permits, free, new LinkedHashMap<>(held), new LinkedHashMap<>(returned), List.copyOf(queue));
    }
}
