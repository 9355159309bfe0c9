package org.goaway.protocol.weak;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;

/**
 * All that application threads and the event loop share: the replicas, the Lamport counter, which fields were set here
 * since the loop last looked, and how much is under way. Everything else of this package belongs to the loop.
 *
 * <p>What makes it right: a set installs first and then notes the field; the loop takes the note first and then reads the
 * entry. So the loop sees every set that was noted, or a newer one. A set that the loop doubted in between is installed and
 * noted once more. The note and its place in the queue are made in one
 * atomic step per field, so that when {@link #write} has returned, the field is in the queue whoever put it there.
 */
class Copies {

    private static final Comparator<ObjectId> BY_NAME = Comparator.comparing(ObjectId::name);

    /** So few removals are not worth a look at what became of them. */
    private static final int FEW_REMOVALS = 1_000;

    /** The answer to nearly every set: it is asked each time. */
    private static final CompletableFuture<Void> ROOM = CompletableFuture.completedFuture(null);

    private final MemberId self;
    private final long mostLoad;
    private final Map<ObjectId, Replica> replicas = new ConcurrentHashMap<>();
    private final AtomicLong counter = new AtomicLong();
    /** The fields noted and not yet taken, with the bytes of their last set. */
    private final ConcurrentHashMap<FieldId, Integer> noted = new ConcurrentHashMap<>();

    private final Queue<FieldId> order = new ConcurrentLinkedQueue<>();
    /** The removals installed here that no round has looked at. */
    private final Set<Removal> removals = ConcurrentHashMap.newKeySet();

    /** How many of them were present when it was last looked which are; the loop alone looks. */
    private int presentRemovals;

    /** How many fields were ever queued, counted before they are. */
    private final AtomicLong notes = new AtomicLong();

    /** How often the loop has begun to doubt what is here, or to forget what is doubtful. */
    private final AtomicLong doubts = new AtomicLong();

    /** How many of them the loop has taken; it alone looks. */
    private long taken;

    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicLong load = new AtomicLong();
    private final AtomicReference<CompletableFuture<Void>> full = new AtomicReference<>();

    Copies(MemberId self, long mostLoad) {
        this.self = self;
        this.mostLoad = mostLoad;
    }

    /** How many objects there are copies of. Any thread. */
    int size() {
        return replicas.size();
    }

    Replica replica(ObjectId object) {
        Replica known = replicas.get(object);
        return known != null ? known : replicas.computeIfAbsent(object, id -> new Replica());
    }

    /** Sets a field here. Any thread. Returns whether the loop is to be woken. */
    boolean write(ObjectId object, String field, Value value) {
        WeakVersion version = new WeakVersion(counter.incrementAndGet(), self);
        FieldId id = new FieldId(object, field);
        Replica replica = replica(object);
        boolean won = false;
        long before;
        do {
            before = doubts.get();
            won |= replica.install(field, version, value, true);
            note(id, FieldSet.bytes(object, field, value));
            // The loop may have doubted it before it was noted, and may have forgotten it since.
        } while (before != doubts.get() || replica.isDoubtful(field, version));
        // After the note: what is collected as a removal is on its way.
        if (won && value == null) {
            removals.add(new Removal(id, version));
        }
        return woken.compareAndSet(false, true);
    }

    /** Installs another member's set. Loop only. Returns whether it won. */
    boolean install(FieldSet set) {
        // The counter first: a set here that starts once this one can be read must get a higher version.
        learn(set.version());
        boolean won = replica(set.object()).install(set.field(), set.version(), set.value(), false);
        if (won && set.value() == null) {
            removals.add(new Removal(new FieldId(set.object(), set.field()), set.version()));
        }
        return won;
    }

    /** The removals installed since this was last asked, those included that lost meanwhile, and those put back. Loop only. */
    Set<Removal> takeRemovals() {
        Set<Removal> taken = new HashSet<>(removals);
        removals.removeAll(taken);
        presentRemovals = 0;
        return taken;
    }

    /**
     * Drops the removals that something newer has replaced, whenever they may be the half: no round takes them while a member is
     * gone, and a field can be set and removed any number of times meanwhile. One that comes again is installed, and is here,
     * again. Loop only.
     */
    void dropReplacedRemovals() {
        if (removals.size() > Math.max(FEW_REMOVALS, 2 * presentRemovals)) {
            removals.removeIf(removal -> {
                FieldId id = removal.field();
                return !removal.version().equals(replica(id.object()).version(id.field()));
            });
            presentRemovals = removals.size();
        }
    }

    /** Counts these as removals that no round has looked at. Loop only. */
    void putBack(Set<Removal> some) {
        removals.addAll(some);
    }

    boolean hasRemovals() {
        return !removals.isEmpty();
    }

    /** Forgets that a field was removed, if nothing newer is here. Loop only. */
    void forget(Removal removal) {
        FieldId field = removal.field();
        replica(field.object()).forget(field.field(), removal.version());
    }

    /**
     * This member was out of the cluster: what it has may have been removed and forgotten meanwhile. All but what is
     * {@code kept}, and what was set here and is still noted, is doubtful. Loop only.
     */
    void doubtAllBut(Map<FieldId, WeakVersion> kept) {
        doubts.incrementAndGet();
        replicas.forEach((object, replica) -> replica.forEach((field, version, value) -> {
            FieldId id = new FieldId(object, field);
            if (!isUnsent(id, version) && !version.equals(kept.get(id))) {
                replica.doubt(field, version, true);
                // Noted since: its writer may have looked before whether it is doubtful.
                if (isUnsent(id, version)) {
                    replica.doubt(field, version, false);
                }
            }
        }));
    }

    private boolean isUnsent(FieldId id, WeakVersion version) {
        return version.writer().equals(self) && noted.containsKey(id);
    }

    /** Forgets what is still doubtful; returns the fields that had a value. Loop only. */
    List<FieldId> forgetDoubtful() {
        doubts.incrementAndGet();
        List<FieldId> lost = new ArrayList<>();
        for (ObjectId object : objects()) {
            Replica replica = replica(object);
            if (replica.mayHaveDoubtful()) {
                replica.forgetDoubtful().forEach(field -> lost.add(new FieldId(object, field)));
            }
        }
        return lost;
    }

    void learn(WeakVersion seen) {
        counter.accumulateAndGet(seen.count(), Math::max);
    }

    /** Says that the loop is about to {@link #take}: sets from now on wake it again. */
    void awake() {
        woken.set(false);
    }

    /** The next field set here that was not taken yet; null when there is none. Loop only. */
    Noted next() {
        FieldId field = order.peek();
        if (field == null) {
            return null;
        }
        Integer bytes = noted.get(field);
        // Where a mere look finds nothing, this waits for the thread that is just noting it.
        return new Noted(field, bytes != null ? bytes : noted.computeIfPresent(field, (same, now) -> now));
    }

    /** What is {@link #next} is kept elsewhere, with its bytes. What a thread sets from now on is noted anew. Loop only. */
    void take(Noted kept) {
        int bytes = noted.remove(kept.id());
        order.remove();
        taken++;
        if (bytes != kept.bytes()) { // it was set once more meanwhile
            addLoad(kept.bytes() - bytes);
        }
    }

    /**
     * How many fields are queued now, a few more if threads are just queueing them. The loop takes no more at a time:
     * threads that never rest could keep them coming for ever, and who notes a field later wakes it again. Loop only.
     */
    long queued() {
        return notes.get() - taken;
    }

    /**
     * Adds the field's newest set, whoever made it: who waits for ours may get a newer one instead. None where it was forgotten
     * meanwhile. Returns its bytes.
     */
    int read(FieldId id, List<FieldSet> sets) {
        int before = sets.size();
        replica(id.object())
                .read(id.field(), (version, value) -> sets.add(new FieldSet(id.object(), id.field(), version, value)));
        return sets.size() == before ? 0 : sets.get(before).bytes();
    }

    /** All objects, in an order that depends on nothing but their names. */
    List<ObjectId> objects() {
        return replicas.keySet().stream().sorted(BY_NAME).toList();
    }

    /** Adds to what is under way (or takes from it); lets waiting writers go on when it is little enough. */
    void addLoad(long bytes) {
        if (load.addAndGet(bytes) <= mostLoad) {
            CompletableFuture<Void> waiting = full.getAndSet(null);
            if (waiting != null) {
                waiting.complete(null);
            }
        }
    }

    long load() {
        return load.get();
    }

    /** Completed when little enough is under way. Any thread. */
    CompletableFuture<Void> room() {
        if (load.get() <= mostLoad) {
            return ROOM;
        }
        CompletableFuture<Void> waiting =
                full.updateAndGet(known -> known == null || known.isDone() ? new CompletableFuture<>() : known);
        // The load may have fallen before the future could be seen by whoever takes from the load.
        if (load.get() <= mostLoad) {
            waiting.complete(null);
        }
        return waiting;
    }

    private void note(FieldId id, int bytes) {
        noted.compute(id, (field, before) -> {
            if (before == null) {
                notes.incrementAndGet();
                order.add(field);
            }
            load.addAndGet(before == null ? bytes : bytes - before);
            return bytes;
        });
    }

    /**
     * The removal of a field, one of several that may be here in turn: not always the higher one after the lower (see {@link
     * Replica#install}), and threads note theirs late.
     */
    record Removal(FieldId field, WeakVersion version) {}

    /**
     * A field that was set here.
     *
     * @param bytes what it adds to the load
     */
    record Noted(FieldId id, int bytes) {}
}
