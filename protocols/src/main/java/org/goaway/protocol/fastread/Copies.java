package org.goaway.protocol.fastread;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.goaway.protocol.Changes;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.ProtocolException.Outcome;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Version;

/**
 * The replica's side (PROTOCOLS.md W4, W6, W7): this member's copies, and the readers that found one LOCKED. Any thread
 * gets a {@link Replica}; all else is called on the event loop, the only writer.
 */
class Copies {

    /** How long an entry may stay LOCKED before the home is asked, and between two such questions. */
    static final long PATIENCE = 400_000_000;

    private final MemberId self;
    private final Transport transport;
    private final Clock clock;
    private final Changes changes;
    private final Map<ObjectId, Replica> replicas = new ConcurrentHashMap<>();
    private final Map<ObjectId, Long> lockedSince = new HashMap<>();
    private final Map<ObjectId, Stuck> stuck = new HashMap<>();
    private final Map<ObjectId, List<Reader>> readers = new HashMap<>();
    private final Set<MemberId> gone = new HashSet<>();
    private Epoch epoch;

    private record Reader(Replica replica, String field, CompletableFuture<Entry> future) {}

    Copies(MemberId self, Transport transport, Clock clock, Changes changes) {
        this.self = self;
        this.transport = transport;
        this.clock = clock;
        this.changes = changes;
    }

    /** This member's copy of the object. Any thread. */
    Replica replica(ObjectId object) {
        Replica known = replicas.get(object);
        return known != null ? known : replicas.computeIfAbsent(object, Replica::new);
    }

    /** The field's entry as soon as it is VALID. */
    CompletableFuture<Entry> readable(ObjectId object, String field) {
        Replica replica = replica(object);
        Entry entry = replica.present(field);
        if (entry.valid()) {
            return CompletableFuture.completedFuture(entry);
        }
        MemberId lost = lost(replica, entry);
        if (lost != null) {
            return CompletableFuture.failedFuture(unreadable(replica, field, lost));
        }
        CompletableFuture<Entry> future = new CompletableFuture<>();
        readers.computeIfAbsent(object, any -> new ArrayList<>()).add(new Reader(replica, field, future));
        return future;
    }

    void onEpoch(Epoch learned) {
        epoch = learned;
    }

    /** W4: installs a round's values as LOCKED where they are newer, and acknowledges in any case. */
    void onLock(MemberId from, Lock lock) {
        install(lock);
        transport.send(from, new Ack(epoch.number(), lock.object(), lock.version()));
    }

    /** W6: makes VALID what has exactly this version. */
    void onUpdate(Update update) {
        Replica replica = replica(update.object());
        Map<String, Entry> unlocked = replica.unlock(update.version(), this::unlocks);
        if (replica.lockedVersions().isEmpty()) {
            lockedSince.remove(update.object());
            stuck.remove(update.object());
        }
        unlocked.forEach((field, entry) -> changes.changed(update.object(), field, entry.value()));
        wake(update.object(), unlocked);
    }

    /** A round cannot commit in this epoch: its readers need not wait. */
    void onStuck(Stuck told) {
        stuck.put(told.object(), told);
        failReaders(told.object());
    }

    /** What this member, as a home, has not unlocked by now stays LOCKED in this epoch. */
    void onGone(MemberId member) {
        gone.add(member);
        Set.copyOf(readers.keySet()).forEach(this::failReaders);
    }

    /** W7: asks the home about entries that have been LOCKED for long. */
    void onTick(long nanos) {
        for (Map.Entry<ObjectId, Long> locked : lockedSince.entrySet()) {
            MemberId home = epoch.home(locked.getKey());
            if (nanos - locked.getValue() >= PATIENCE && !home.equals(self) && !gone.contains(home)) {
                locked.setValue(nanos);
                for (Version version : replica(locked.getKey()).lockedVersions()) {
                    transport.send(home, new Resolve(epoch.number(), locked.getKey(), version));
                }
            }
        }
    }

    void install(Lock lock) {
        Replica replica = replica(lock.object());
        replica.install(lock, proposed());
        if (!replica.lockedVersions().isEmpty()) {
            lockedSince.putIfAbsent(lock.object(), clock.nanos());
        }
    }

    /** The state of a value that is not committed yet. */
    Entry.State proposed() {
        return Entry.State.LOCKED;
    }

    /** W6: an UPDATE of another version says nothing about this entry: its own round may be open still. */
    boolean unlocks(Entry entry, Version version) {
        return entry.version().equals(version);
    }

    private void wake(ObjectId object, Map<String, Entry> unlocked) {
        for (Reader reader : take(object, one -> unlocked.containsKey(one.field))) {
            reader.future.complete(unlocked.get(reader.field));
        }
    }

    /** Ends the waits for entries that stay LOCKED. */
    private void failReaders(ObjectId object) {
        for (Reader reader : take(object, one -> lost(one) != null)) {
            reader.future.completeExceptionally(unreadable(reader.replica, reader.field, lost(reader)));
        }
    }

    /** Takes these readers out, so that what they do when woken finds a consistent list. */
    private List<Reader> take(ObjectId object, Predicate<Reader> which) {
        List<Reader> waiting = readers.get(object);
        if (waiting == null) {
            return List.of();
        }
        List<Reader> taken = waiting.stream().filter(which).toList();
        waiting.removeAll(taken);
        if (waiting.isEmpty()) {
            readers.remove(object);
        }
        return taken;
    }

    private MemberId lost(Reader reader) {
        return lost(reader.replica, reader.replica.present(reader.field));
    }

    /** The member because of which this LOCKED entry stays LOCKED in this epoch; null if there is hope. */
    private MemberId lost(Replica replica, Entry entry) {
        MemberId home = epoch.home(replica.object());
        if (gone.contains(home)) {
            return home;
        }
        Stuck told = stuck.get(replica.object());
        return told != null && told.version().equals(entry.version()) ? told.lost() : null;
    }

    private static ProtocolException unreadable(Replica replica, String field, MemberId lost) {
        return new ProtocolException(
                Outcome.NOT_DONE,
                "field '" + field + "' of " + replica.object()
                        + " cannot be read: a write to it was under way when member " + lost
                        + " left, and cannot be finished without it");
    }
}
