package org.goaway.protocol.coordination;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.goaway.protocol.MemberId;

/**
 * A cyclic barrier: places wait until there are {@code parties} of them, then all pass and the next round begins. One that
 * gives up, or whose member leaves, ends the wait of the others that are there; the next round begins with nobody.
 *
 * <p>Who the parties are is known only from who arrived. So a round is ended by the loss of a member that is there or was in
 * the last round that passed, and, as long as none has passed, by the loss of any member.
 */
final class Barrier implements Line {

    private final String name;
    private final int parties;
    private final Places places;
    private final Set<Place> arrived = new LinkedHashSet<>();
    private Set<MemberId> last = Set.of();

    Barrier(String name, int parties, Places places) {
        this.name = name;
        this.parties = parties;
        this.places = places;
    }

    Barrier(CoordinationPiece.OfBarrier piece, Places places) {
        this(piece.name(), piece.parties(), places);
        last = new LinkedHashSet<>(piece.last());
        piece.arrived().forEach(place -> {
            arrived.add(place);
            places.begin(place, this);
        });
    }

    int parties() {
        return parties;
    }

    void arrive(Place place) {
        places.begin(place, this);
        arrived.add(place);
        if (arrived.size() == parties) {
            open();
        }
    }

    private void open() {
        List<Place> round = List.copyOf(arrived);
        last = round.stream().map(Place::member).collect(Collectors.toCollection(LinkedHashSet::new));
        arrived.clear();
        int index = parties;
        for (Place place : round) {
            index--;
            places.end(place, new Ended(place.number(), Ended.How.PASSED, index, null));
        }
    }

    private void end(Ended.How how, MemberId lost) {
        List<Place> round = List.copyOf(arrived);
        arrived.clear();
        round.forEach(place -> places.end(place, new Ended(place.number(), how, 0, lost)));
    }

    @Override
    public void withdraw(Place place) {
        arrived.remove(place);
        end(Ended.How.BROKEN, null);
    }

    /** All parties of a round pass, or none: the thread that gave up too late has passed. */
    @Override
    public Ended undo(Place place, Ended ended) {
        return ended;
    }

    @Override
    public void leave(Set<MemberId> left) {
        Optional<MemberId> party = left.stream()
                .filter(member -> last.isEmpty() || last.contains(member) || isThere(member))
                .sorted()
                .findFirst();
        arrived.removeIf(place -> left.contains(place.member()));
        party.ifPresent(lost -> end(Ended.How.MEMBER_LEFT, lost));
    }

    private boolean isThere(MemberId member) {
        return arrived.stream().anyMatch(place -> place.member().equals(member));
    }

    @Override
    public long standingOfLast() {
        return arrived.size();
    }

    @Override
    public ToLongFunction<Place> standings() {
        return place -> arrived.size();
    }

    @Override
    public CoordinationPiece.Kind kind() {
        return CoordinationPiece.Kind.BARRIER;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CoordinationPiece piece() {
        return new CoordinationPiece.OfBarrier(name, parties, List.copyOf(arrived), last);
    }
}
