package org.goaway.protocol.coordination;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.goaway.protocol.MemberId;

/** A latch: places wait until it was counted down to zero, where it stays. Nobody counts for a member that leaves. */
final class Latch implements Line {

    private final String name;
    private final int count;
    private final Places places;
    private final Set<Place> waiting = new LinkedHashSet<>();
    private long left;

    Latch(String name, int count, Places places) {
        this.name = name;
        this.count = count;
        this.places = places;
        this.left = count;
    }

    Latch(CoordinationPiece.OfLatch piece, Places places) {
        this(piece.name(), piece.count(), places);
        left = piece.left();
        piece.waiting().forEach(place -> {
            waiting.add(place);
            places.begin(place, this);
        });
    }

    int count() {
        return count;
    }

    long left() {
        return left;
    }

    void await(Place place) {
        places.begin(place, this);
        waiting.add(place);
        passIfZero();
    }

    void countDown() {
        if (left > 0) {
            left--;
        }
        passIfZero();
    }

    private void passIfZero() {
        if (left == 0) {
            waiting.forEach(place -> places.end(place, Ended.of(place.number(), Ended.How.PASSED)));
            waiting.clear();
        }
    }

    @Override
    public void withdraw(Place place) {
        waiting.remove(place);
    }

    @Override
    public Ended undo(Place place, Ended ended) {
        return ended;
    }

    @Override
    public void leave(Set<MemberId> left) {
        waiting.removeIf(place -> left.contains(place.member()));
    }

    @Override
    public long standingOfLast() {
        return left;
    }

    @Override
    public ToLongFunction<Place> standings() {
        return place -> left;
    }

    @Override
    public CoordinationPiece.Kind kind() {
        return CoordinationPiece.Kind.LATCH;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CoordinationPiece piece() {
        return new CoordinationPiece.OfLatch(name, count, left, List.copyOf(waiting));
    }
}
