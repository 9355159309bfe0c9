package org.goaway.protocol.weak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.goaway.protocol.Clock;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Transport;

/**
 * What is to be sent and what is not acknowledged yet. Belongs to the loop.
 *
 * <p>A field waits by name and is read when it is sent, so what travels is its newest set. While the window is full
 * nothing leaves but what waits for a {@code sync}. A peer that may lack something is compared with and sent that, in the same
 * window.
 */
final class Outbox {

    /** An object of no more fields than this is looked at whether it fits in a batch. */
    private static final int FEW_FIELDS = 256;

    /** A lost message is rare where the transport repeats by itself; a slow member must not be flooded. */
    private static final long FIRST_PATIENCE = Duration.ofMillis(100).toNanos();

    /** What a slow transport needs for a byte, in nanoseconds: else copies of a large value queue up behind its first. */
    private static final long PER_BYTE = 50;

    /**
     * What a slow transport, or a member that takes much in, needs for a byte of what is under way before: else copies of the
     * many batches that a sync sends at once do.
     */
    private static final long PER_QUEUED_BYTE = 100;

    private static final long MOST_PATIENCE = Duration.ofSeconds(2).toNanos();

    private final Transport transport;
    private final Clock clock;
    private final Copies copies;
    private final Limits limits;
    /** The members to be told: those of the epoch that are not gone, without this one. */
    private final Set<MemberId> peers = new TreeSet<>();

    private final Waiting waiting;
    private final Offers offers;
    private final Map<Long, Batch> batches = new LinkedHashMap<>();
    /** Members of the epoch that are gone. */
    private final Set<MemberId> absent = new TreeSet<>();

    private final Unconfirmed unconfirmed;
    private final LongAdder sent = new LongAdder();
    private long batchBytes;
    private long lastNumber;
    private Round round = Round.NONE;

    Outbox(MemberId self, Transport transport, Clock clock, Copies copies, Limits limits) {
        this.waiting = new Waiting(copies);
        this.offers = new Offers(transport, clock, copies);
        this.unconfirmed = new Unconfirmed(self);
        this.transport = transport;
        this.clock = clock;
        this.copies = copies;
        this.limits = limits;
    }

    /** How many batches it has sent, repeated ones once. Any thread. */
    long rounds() {
        return sent.sum();
    }

    void add(Copies.Noted noted) {
        waiting.add(noted);
    }

    /** Tells this member from now on. */
    void include(MemberId peer) {
        peers.add(peer);
        absent.remove(peer);
    }

    /** Tells this member from now on, and what it lacks of all that was set until now. */
    void offer(MemberId peer) {
        include(peer);
        offers.begin(peer);
    }

    /** Waits for nothing from this member any more, which is no member of the epoch. */
    void exclude(MemberId peer) {
        peers.remove(peer);
        absent.remove(peer);
        offers.drop(peer);
        settle(batches.values(), peer);
    }

    /** Waits for nothing from this member as long as it is gone. */
    void excludeGone(MemberId peer) {
        batches.values().stream()
                .filter(batch -> batch.first > 0 && batch.missing.contains(peer))
                .forEach(batch -> unconfirmed.add(batch.message().sets()));
        exclude(peer);
        absent.add(peer);
    }

    /** What is read from now on is of this round. */
    void begin(Round next) {
        round = next;
    }

    /**
     * The sets made here that are not known to be at all members of the epoch, but for those that threads have just set: with
     * their versions.
     */
    Map<FieldId, WeakVersion> unconfirmed() {
        batches.values().stream()
                .filter(batch -> batch.first > 0)
                .forEach(batch -> unconfirmed.add(batch.message().sets()));
        waiting.fields()
                .forEach(id ->
                        copies.replica(id.object()).read(id.field(), (version, value) -> unconfirmed.add(id, version)));
        return unconfirmed.sets();
    }

    /** A place in what is to be sent. */
    long mark() {
        return waiting.lastPlace();
    }

    /** Whether all members of the epoch have what was to be sent up to a mark. */
    boolean isHeld(long mark) {
        return waiting.isSent(mark)
                && absent.isEmpty()
                && offers.isEmpty()
                && batches.values().stream().allMatch(batch -> batch.first > mark);
    }

    /** Whether no member of the epoch is gone. */
    boolean isComplete() {
        return absent.isEmpty();
    }

    /** The epoch has no others. */
    void retain(Set<MemberId> members) {
        absent.retainAll(members);
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

    /** Those of whom it is not known that they have all that is here of the object. */
    Set<MemberId> missing(ObjectId object) {
        Set<MemberId> missing = offers.before(object);
        batches.values().stream()
                .filter(batch -> batch.isAbout(object))
                .forEach(batch -> missing.addAll(batch.missing));
        return missing;
    }

    /**
     * Takes an answer. The first to an offer shows that the peer knows the epoch by now. If it entered anew, it has refused what
     * came before or will not acknowledge it: that is repeated soon, however much was queued when it was sent.
     */
    void answered(MemberId peer, Differing answer) {
        offers.answered(peer, answer)
                .ifPresent(asked -> batches.values().stream()
                        .filter(batch -> batch.missing.contains(peer))
                        .forEach(batch -> batch.hasten(asked, clock.nanos(), alone(batch.bytes))));
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

    /** Sends what waits and what peers were found to lack, a batch of each in turn, as far as the window lets it. */
    void send() {
        while (batchBytes < limits.window() && (!waiting.isEmpty() || offers.anyLacks())) {
            if (!waiting.isEmpty()) {
                postToAll(waiting.draft(limits.batch()));
            }
            offers.forEach(this::postLacking);
        }
        offers.goOn(round);
    }

    private void postLacking(MemberId peer, Offer offer) {
        if (offer.lacks()) {
            Draft draft = Draft.of(offer.lacking().iterator(), copies, limits.batch());
            post(Set.of(peer), draft.sets(), 0);
            offer.told(draft.fields().size());
        }
    }

    /**
     * Sends what waits of this object, whatever the window says. Completed once every peer has installed that, what was sent of
     * the object before, and what it is found to lack of it. Who is still to be compared with gets all of a small object, which
     * then need not wait until larger ones are through.
     */
    CompletableFuture<Void> sendAll(ObjectId object) {
        Draft draft = waiting.draft(object, limits.batch());
        while (!draft.fields().isEmpty()) {
            postToAll(draft);
            draft = waiting.draft(object, limits.batch());
        }
        offers.forEach((peer, offer) -> sendWhole(peer, offer, object));
        return offers.past(object).thenCompose(past -> installed(object));
    }

    private void sendWhole(MemberId peer, Offer offer, ObjectId object) {
        Replica here = copies.replica(object);
        if (offer.isPast(object) || here.size() > FEW_FIELDS) {
            return;
        }
        Iterator<FieldId> fields = here.versioned().stream()
                .map(field -> new FieldId(object, field))
                .iterator();
        Draft whole = Draft.of(fields, copies, limits.batch());
        long bytes = whole.sets().stream().mapToLong(FieldSet::bytes).sum();
        if (!fields.hasNext() && bytes <= limits.batch()) {
            post(Set.of(peer), whole.sets(), 0);
            offer.toldAll(object);
        }
    }

    private CompletableFuture<Void> installed(ObjectId object) {
        return CompletableFuture.allOf(batches.values().stream()
                .filter(batch -> batch.isAbout(object))
                .map(batch -> batch.installed)
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Repeats what was not acknowledged in time, to those who have not. */
    void repeat(long now) {
        for (Batch batch : batches.values()) {
            if (batch.due(now, MOST_PATIENCE)) {
                batch.readAnew(new Sets(
                        batch.message().number(), round, again(batch.message().sets())));
                transport.multicast(batch.missing, batch.message());
            }
        }
        unconfirmed.confirm(this);
        offers.repeat(now);
    }

    /** What is repeated is what is here now: newer sets, without those that were forgotten. */
    private List<FieldSet> again(List<FieldSet> sets) {
        List<FieldSet> again = new ArrayList<>();
        sets.forEach(set -> copies.read(new FieldId(set.object(), set.field()), again));
        return again;
    }

    private void postToAll(Draft draft) {
        if (!absent.isEmpty()) {
            unconfirmed.add(draft.sets());
        }
        post(peers, draft.sets(), waiting.first(draft.fields()));
        waiting.remove(draft.fields());
    }

    private void post(Set<MemberId> to, List<FieldSet> sets, long first) {
        if (to.isEmpty() || sets.isEmpty()) {
            return;
        }
        long bytes = sets.stream().mapToLong(FieldSet::bytes).sum();
        Batch batch = new Batch(new Sets(++lastNumber, round, sets), to, bytes, first, clock.nanos(), patience(bytes));
        batches.put(lastNumber, batch);
        sent.increment();
        batchBytes += bytes;
        copies.addLoad(bytes);
        transport.multicast(to, batch.message());
    }

    /** The patience with a batch of so many bytes that waits behind nothing. */
    private static long alone(long bytes) {
        return FIRST_PATIENCE + PER_BYTE * bytes;
    }

    private long patience(long bytes) {
        long alone = alone(bytes);
        return Math.max(alone, Math.min(alone + PER_QUEUED_BYTE * batchBytes, MOST_PATIENCE));
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
            batches.remove(batch.message().number());
            batchBytes -= batch.bytes;
        }
        for (Batch batch : done) {
            copies.addLoad(-batch.bytes);
            batch.installed.complete(null);
        }
    }
}
