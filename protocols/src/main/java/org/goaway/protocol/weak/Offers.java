package org.goaway.protocol.weak;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.goaway.protocol.Clock;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Transport;

/** What is still to be compared with peers that may lack something, and who waits for that. Belongs to the loop. */
final class Offers {

    private final Transport transport;
    private final Clock clock;
    private final Copies copies;
    private final Map<MemberId, Offer> offers = new TreeMap<>();
    /** The objects that somebody waits for: they are compared first. */
    private final Map<ObjectId, CompletableFuture<Void>> awaited = new LinkedHashMap<>();

    private long lastNumber;

    Offers(Transport transport, Clock clock, Copies copies) {
        this.transport = transport;
        this.clock = clock;
        this.copies = copies;
    }

    /** Compares all that is here now with this peer. */
    void begin(MemberId peer) {
        offers.put(peer, new Offer(copies, copies.objects()));
    }

    void drop(MemberId peer) {
        offers.remove(peer);
    }

    boolean isEmpty() {
        return offers.isEmpty();
    }

    /** Takes an answer. Returns when its question was last asked, if it is the first that this peer has answered. */
    OptionalLong answered(MemberId peer, Differing answer) {
        Offer offer = offers.get(peer);
        return offer == null ? OptionalLong.empty() : offer.answered(answer);
    }

    void forEach(BiConsumer<MemberId, Offer> visitor) {
        offers.forEach(visitor);
    }

    /** Whether a peer is to be told of something that was found. */
    boolean anyLacks() {
        return offers.values().stream().anyMatch(Offer::lacks);
    }

    /** Completed once no peer is to be compared with about the object, and what they were found to lack of it is sent. */
    CompletableFuture<Void> past(ObjectId object) {
        return isPast(object)
                ? CompletableFuture.completedFuture(null)
                : awaited.computeIfAbsent(object, id -> new CompletableFuture<>());
    }

    private boolean isPast(ObjectId object) {
        return offers.values().stream().allMatch(offer -> offer.isPast(object));
    }

    /** The peers that are still to be compared with about the object, or to be sent something of it. */
    Set<MemberId> before(ObjectId object) {
        Set<MemberId> before = new TreeSet<>(offers.keySet());
        before.removeIf(peer -> offers.get(peer).isPast(object));
        return before;
    }

    /** Asks on where all that was found is sent. Who waits may call back at once: that comes last. */
    void goOn(Round round) {
        offers.forEach((peer, offer) -> {
            if (offer.mayAsk()) {
                transport.send(peer, offer.ask(++lastNumber, round, clock.nanos(), awaited.keySet()));
            }
        });
        offers.values().removeIf(Offer::isDone);
        List<ObjectId> over = awaited.keySet().stream().filter(this::isPast).toList();
        over.stream().map(awaited::remove).toList().forEach(past -> past.complete(null));
    }

    /** Repeats the questions that were not answered in time. */
    void repeat(long now) {
        offers.forEach((peer, offer) -> {
            Compare question = offer.due(now);
            if (question != null) {
                transport.send(peer, question);
            }
        });
    }
}
