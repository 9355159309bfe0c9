package org.goaway.protocol.coordination;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/**
 * All places: what each waits for, or how its wait ended, until its member has learnt that. One writer: whoever applies the
 * log.
 */
final class Places {

    /** A place; {@code ended} is null while it waits. */
    private record Taken(Line line, Ended ended) {}

    private final Map<MemberId, TreeMap<Long, Taken>> members = new TreeMap<>();
    private final Map<MemberId, List<Ended>> news = new LinkedHashMap<>();

    void begin(Place place, Line line) {
        members.computeIfAbsent(place.member(), absent -> new TreeMap<>()).put(place.number(), new Taken(line, null));
    }

    void end(Place place, Ended ended) {
        TreeMap<Long, Taken> taken = members.get(place.member());
        taken.put(place.number(), new Taken(taken.get(place.number()).line(), ended));
        news.computeIfAbsent(place.member(), absent -> new ArrayList<>()).add(ended);
    }

    /** The answer to the command that made the place; what it says is no news any more. */
    Message answer(Place place) {
        Taken taken = members.get(place.member()).get(place.number());
        if (taken.ended() == null) {
            return new Waits(place.number(), taken.line().standingOfLast());
        }
        tellNoMore(place.member(), taken.ended());
        return taken.ended();
    }

    private void tellNoMore(MemberId member, Ended told) {
        news.computeIfPresent(member, (present, ends) -> {
            ends.remove(told);
            return ends.isEmpty() ? null : ends;
        });
    }

    /** Applies a member's {@link CoordinationCommand.Sync}. */
    Standings sync(MemberId member, CoordinationCommand.Sync sync) {
        List<Ended> ended = new ArrayList<>();
        for (long number : sync.takenBack().stream().sorted().toList()) {
            takeBack(new Place(member, number), ended);
        }
        List<Waits> waiting = new ArrayList<>();
        Map<Line, ToLongFunction<Place>> standings = new HashMap<>();
        TreeMap<Long, Taken> mine = members.getOrDefault(member, new TreeMap<>());
        mine.headMap(sync.upTo(), true)
                .entrySet()
                .removeIf(place ->
                        place.getValue().ended() != null && !sync.open().contains(place.getKey()));
        mine.forEach((number, taken) -> {
            if (!sync.open().contains(number)) {
                return;
            }
            if (taken.ended() == null) {
                waiting.add(new Waits(
                        number,
                        standings
                                .computeIfAbsent(taken.line(), Line::standings)
                                .applyAsLong(new Place(member, number))));
            } else if (taken.ended().how() != Ended.How.FORFEITED) {
                ended.add(taken.ended());
            }
        });
        if (mine.isEmpty()) {
            members.remove(member);
        }
        return new Standings(ended, waiting);
    }

    private void takeBack(Place place, List<Ended> ended) {
        TreeMap<Long, Taken> mine = members.get(place.member());
        Taken taken = mine == null ? null : mine.remove(place.number());
        if (taken == null) {
            return;
        }
        if (taken.ended() == null) {
            taken.line().withdraw(place);
            ended.add(Ended.of(place.number(), Ended.How.TAKEN_BACK));
        } else {
            ended.add(taken.line().undo(place, taken.ended()));
        }
    }

    /**
     * Forgets the places of these members. Their lines have done so already. Only of permits it is remembered which their
     * members may never learn of: those they will not release.
     */
    void leave(Set<MemberId> left) {
        left.forEach(member -> forfeit(members.getOrDefault(member, new TreeMap<>())));
        members.values().removeIf(Map::isEmpty);
        news.keySet().removeAll(left);
    }

    /** These members never tell which permits they have learned of. */
    void forget(Set<MemberId> ended) {
        members.keySet().removeAll(ended);
    }

    private static void forfeit(Map<Long, Taken> places) {
        places.values().removeIf(taken -> taken.ended() == null || !taken.line().mayForfeit(taken.ended()));
        places.replaceAll((number, taken) -> new Taken(taken.line(), Ended.of(number, Ended.How.FORFEITED)));
    }

    /** The waits that ended since the last call, but for those told in the answer. */
    List<Wakeup> takeWakeups() {
        if (news.isEmpty()) {
            return List.of();
        }
        List<Wakeup> wakeups = new ArrayList<>();
        news.forEach((member, ended) -> wakeups.add(new Wakeup(member, new Woken(List.copyOf(ended)))));
        news.clear();
        return wakeups;
    }

    void writeTo(Consumer<? super CoordinationPiece> pieces) {
        members.forEach((member, places) -> places.values().stream()
                .filter(taken -> taken.ended() != null)
                .forEach(taken -> pieces.accept(new CoordinationPiece.OfEnded(
                        member, taken.ended(), taken.line().kind(), taken.line().name()))));
    }

    void read(CoordinationPiece.OfEnded piece, Line line) {
        members.computeIfAbsent(piece.member(), absent -> new TreeMap<>())
                .put(piece.ended().place(), new Taken(line, piece.ended()));
    }

    void clear() {
        members.clear();
        news.clear();
    }
}
