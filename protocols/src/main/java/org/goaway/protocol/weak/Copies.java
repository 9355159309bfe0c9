package org.goaway.protocol.weak;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
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
 * entry. So the loop sees every set that was noted, or a newer one. The note and its place in the queue are made in one
 * atomic step per field, so that when {@link #write} has returned, the field is in the queue whoever put it there.
 */
class Copies {

    private static final Comparator<ObjectId> BY_NAME = Comparator.comparing(ObjectId::name);

    private final MemberId self;
    private final long mostLoad;
    private final Map<ObjectId, Replica> replicas = new ConcurrentHashMap<>();
    private final AtomicLong counter = new AtomicLong();
    /** The fields noted and not yet taken, with the bytes of their last set. */
    private final ConcurrentHashMap<FieldId, Integer> noted = new ConcurrentHashMap<>();

    private final Queue<FieldId> order = new ConcurrentLinkedQueue<>();
    /** How many fields were ever queued, counted before they are. */
    private final AtomicLong notes = new AtomicLong();

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
        replica(object).install(field, version, value);
        note(new FieldId(object, field), FieldSet.bytes(object, field, value));
        return woken.compareAndSet(false, true);
    }

    /** Installs another member's set. Loop only. Returns whether it won. */
    boolean install(FieldSet set) {
        // The counter first: a set here that starts once this one can be read must get a higher version.
        learn(set.version());
        return replica(set.object()).install(set.field(), set.version(), set.value());
    }

    void learn(WeakVersion seen) {
        counter.accumulateAndGet(seen.count(), Math::max);
    }

    /** Says that the loop is about to {@link #take}: sets from now on wake it again. */
    void awake() {
        woken.set(false);
    }

    /** The next field set here since it was last taken; null when there is none. Loop only. */
    Noted take() {
        FieldId field = order.poll();
        if (field == null) {
            return null;
        }
        taken++;
        return new Noted(field, noted.remove(field));
    }

    /**
     * How many fields are queued now, a few more if threads are just queueing them. The loop takes no more at a time:
     * threads that never rest could keep them coming for ever, and who notes a field later wakes it again. Loop only.
     */
    long queued() {
        return notes.get() - taken;
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
            return CompletableFuture.completedFuture(null);
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
     * A field that was set here.
     *
     * @param bytes what it adds to the load
     */
    record Noted(FieldId id, int bytes) {}
}
