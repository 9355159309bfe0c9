package org.goaway.protocol.weak;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.goaway.protocol.Clock;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Transport;

/**
 * What is to be sent and what is not acknowledged yet. Belongs to the loop.
 *
 * <p>A field waits by name and is read when it is sent, so what travels is its newest set. While the window is full
 * nothing leaves but what a {@code sync} asks for. A peer that may lack something is compared with and sent that, in the same
 * window.
 */
final class Outbox {

    /** A lost message is rare where the transport repeats by itself; a slow member must not be flooded. */
    private static final long FIRST_PATIENCE = Duration.ofMillis(100).toNanos();

    /** What a slow transport needs for a byte, in nanoseconds: else copies of a large value queue up behind its first. */
    private static final long PER_BYTE = 50;

    private static final long MOST_PATIENCE = Duration.ofSeconds(2).toNanos();

    private final Transport transport;
    private final Clock clock;
    private final Copies copies;
    private final Limits limits;
    /** The members to be told: those of the epoch that are not gone, without this one. */
    private final Set<MemberId> peers = new TreeSet<>();
    /** The fields that wait, with what each adds to the load. */
    private final Map<FieldId, Integer> waiting = new LinkedHashMap<>();

    private final Map<MemberId, Offer> offers = new TreeMap<>();
    private final Map<Long, Batch> batches = new LinkedHashMap<>();
    private long batchBytes;
    private long lastNumber;

    Outbox(Transport transport, Clock clock, Copies copies, Limits limits) {
        this.transport = transport;
        this.clock = clock;
        this.copies = copies;
        this.limits = limits;
    }

    void add(Copies.Noted noted) {
        Integer before = waiting.put(noted.id(), noted.bytes());
        if (before != null) {
            copies.addLoad(-before);
        }
    }

    /** Tells this member from now on. */
    void include(MemberId peer) {
        peers.add(peer);
    }

    /** Tells this member from now on, and what it lacks of all that was set until now. */
    void offer(MemberId peer) {
        peers.add(peer);
        offers.put(peer, new Offer(copies, copies.objects()));
    }

    /** Waits for nothing from this member any more. */
    void exclude(MemberId peer) {
        peers.remove(peer);
        offers.remove(peer);
        settle(batches.values(), peer);
    }

    /** The members that are told. */
    Set<MemberId> peers() {
        return Set.copyOf(peers);
    }

    /** Those that have not acknowledged all batches. */
    Set<MemberId> missing() {
        Set<MemberId> missing = new TreeSet<>();
        batches.values().forEach(batch -> missing.addAll(batch.missing));
        return missing;
    }

    void answered(MemberId peer, Differing answer) {
        Offer offer = offers.get(peer);
        if (offer != null) {
            offer.answered(answer);
        }
    }

    void acknowledged(MemberId peer, List<Long> numbers) {
        List<Batch> named = new ArrayList<>();
        for (Long number : numbers) {
            Batch batch = batches.get(number);
            if (batch != null) {
                named.add(batch);
            }
        }
        settle(named, peer);
    }

    /** Sends what waits, as far as the window lets it. */
    void send() {
        while (!waiting.isEmpty() && batchBytes < limits.window()) {
            post(peers, takeWaiting(id -> true));
        }
        offers.forEach(this::send);
        offers.values().removeIf(Offer::isDone);
    }

    private void send(MemberId peer, Offer offer) {
        while (!offer.lacking().isEmpty() && batchBytes < limits.window()) {
            post(Set.of(peer), takeOffered(offer.lacking()));
        }
        if (offer.mayAsk()) {
            transport.send(peer, offer.ask(++lastNumber, clock.nanos()));
        }
    }

    /**
     * Sends what waits of this object, whatever the window says, and returns the batches whose installation means that
     * every peer has all that this member has set on the object until now.
     */
    List<CompletableFuture<Void>> sendAll(ObjectId object) {
        List<FieldSet> sets = takeWaiting(id -> id.object().equals(object));
        while (!sets.isEmpty()) {
            post(peers, sets);
            sets = takeWaiting(id -> id.object().equals(object));
        }
        offers.keySet().forEach(peer -> {
            Deque<FieldId> fields = new ArrayDeque<>(fields(object));
            while (!fields.isEmpty()) {
                post(Set.of(peer), takeOffered(fields));
            }
        });
        return batches.values().stream()
                .filter(batch -> batch.isAbout(object))
                .map(batch -> batch.installed)
                .toList();
    }

    /** Repeats what was not acknowledged in time, to those who have not. */
    void repeat(long now) {
        for (Batch batch : batches.values()) {
            if (batch.due(now, MOST_PATIENCE)) {
                transport.multicast(batch.missing, batch.message);
            }
        }
        offers.forEach((peer, offer) -> {
            Compare question = offer.due(now);
            if (question != null) {
                transport.send(peer, question);
            }
        });
    }

    private void post(Set<MemberId> to, List<FieldSet> sets) {
        if (to.isEmpty() || sets.isEmpty()) {
            return;
        }
        long bytes = sets.stream().mapToLong(FieldSet::bytes).sum();
        Batch batch =
                new Batch(new Sets(++lastNumber, sets), to, bytes, clock.nanos(), FIRST_PATIENCE + PER_BYTE * bytes);
        batches.put(lastNumber, batch);
        batchBytes += bytes;
        copies.addLoad(bytes);
        transport.multicast(to, batch.message);
    }

    /** The next sets that fit in a batch, of fields that wait. */
    private List<FieldSet> takeWaiting(Predicate<FieldId> wanted) {
        List<FieldSet> sets = new ArrayList<>();
        long load = 0;
        long bytes = 0;
        Iterator<Map.Entry<FieldId, Integer>> each = waiting.entrySet().iterator();
        while (each.hasNext() && bytes < limits.batch()) {
            Map.Entry<FieldId, Integer> next = each.next();
            if (wanted.test(next.getKey())) {
                each.remove();
                load += next.getValue();
                bytes += read(next.getKey(), sets);
            }
        }
        copies.addLoad(-load);
        return sets;
    }

    private List<FieldSet> takeOffered(Deque<FieldId> fields) {
        List<FieldSet> sets = new ArrayList<>();
        long bytes = 0;
        while (!fields.isEmpty() && bytes < limits.batch()) {
            bytes += read(fields.remove(), sets);
        }
        return sets;
    }

    /** Adds the field's newest set, whoever made it: who waits for ours may get a newer one instead. */
    private int read(FieldId id, List<FieldSet> sets) {
        copies.replica(id.object())
                .read(id.field(), (version, value) -> sets.add(new FieldSet(id.object(), id.field(), version, value)));
        return sets.get(sets.size() - 1).bytes();
    }

    private List<FieldId> fields(ObjectId object) {
        return copies.replica(object).everSet().stream()
                .sorted()
                .map(field -> new FieldId(object, field))
                .toList();
    }

    /** Who waits for a batch may call back at once: nothing is completed before the state is whole again. */
    private void settle(Collection<Batch> some, MemberId peer) {
        List<Batch> done = new ArrayList<>();
        for (Batch batch : some) {
            if (batch.missing.remove(peer) && batch.missing.isEmpty()) {
                done.add(batch);
            }
        }
        for (Batch batch : done) {
            batches.remove(batch.message.number());
            batchBytes -= batch.bytes;
        }
        for (Batch batch : done) {
            copies.addLoad(-batch.bytes);
            batch.installed.complete(null);
        }
    }
}
