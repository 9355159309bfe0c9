package org.goaway.protocol.fastread;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.goaway.protocol.Changes;
import org.goaway.protocol.Clock;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Lease;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Transport;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;
import org.goaway.protocol.fastread.FastReadMessage.Ack;
import org.goaway.protocol.fastread.FastReadMessage.Lock;
import org.goaway.protocol.fastread.FastReadMessage.LockAll;
import org.goaway.protocol.fastread.FastReadMessage.Resolve;
import org.goaway.protocol.fastread.FastReadMessage.Update;

/**
 * The replica's side (PROTOCOLS.md W4, W6, W7, C6, E1): this member's copies. Any thread gets a {@link Replica}; all else
 * is called on the event loop, the only writer.
 */
class Copies {

    /** How long an object may stay LOCKED before the home is asked, and between two such questions. */
    static final long PATIENCE = 400_000_000;

    private final MemberId self;
    private final Transport transport;
    private final Clock clock;
    private final Changes changes;
    private final Lease lease;
    private final Synced synced;
    private final Readers readers;
    private final ConcurrentNavigableMap<ObjectId, Replica> replicas =
            new ConcurrentSkipListMap<>(Comparator.comparing(ObjectId::name).thenComparing(ObjectId::kind));
    private final Map<ObjectId, Long> lockedSince = new LinkedHashMap<>();
    private Epoch epoch;

    Copies(
            MemberId self,
            Transport transport,
            Clock clock,
            Changes changes,
            Lease lease,
            Synced synced,
            Readers readers) {
        this.self = self;
        this.transport = transport;
        this.clock = clock;
        this.changes = changes;
        this.lease = lease;
        this.synced = synced;
        this.readers = readers;
    }

    /** How many objects there are copies of. Any thread. */
    int size() {
        return replicas.size();
    }

    /** This member's copy of the object. Any thread. */
    Replica replica(ObjectId object) {
        Replica known = replicas.get(object);
        return known != null ? known : replicas.computeIfAbsent(object, any -> create(any, synced, lease));
    }

    Replica create(ObjectId object, Synced complete, Lease permission) {
        return new Replica(object, complete, permission);
    }

    /** C6a: what this member has is void if it was out of the members since the epoch it knows, or is new. */
    void onEpoch(Epoch learned) {
        if (learned.entersAnew(self, epoch == null ? 0 : epoch.number())) {
            enter(learned);
        }
        epoch = learned;
    }

    void enter(Epoch learned) {
        synced.lost();
        replicas.values().forEach(Replica::wipe);
        lockedSince.clear();
        if (learned.full().contains(self)) {
            complete();
        }
    }

    /** J6: all is here that there is. */
    void complete() {
        synced.reached();
        replicas.values().forEach(replica -> tell(replica, replica.completed()));
    }

    /** E1: tells the new homes what is LOCKED here. */
    void report() {
        lockedSince.replaceAll((object, since) -> clock.nanos());
        lockedSince.keySet().forEach(this::resolve);
    }

    /** W4: installs a round as LOCKED if it is new here, and acknowledges it when it is installed. */
    void onLock(MemberId from, Lock lock) {
        Replica replica = replica(lock.object());
        if (lock.version().compareTo(replica.version()) > 0) {
            if (!fits(replica, lock)) {
                transport.send(from, new Resolve(epoch.number(), lock.object(), replica.version()));
                return;
            }
            // The home had its base VALID when it began this round: that is what UPDATE of the base would say.
            commit(replica);
            install(replica, lock);
        }
        acknowledge(from, lock.object(), lock.version());
    }

    /** W4, with all that the object has. */
    void onLockAll(MemberId from, LockAll lock) {
        Contents contents = lock.contents();
        Replica replica = replica(contents.object());
        if (contents.version().compareTo(replica.version()) > 0) {
            replace(replica, contents);
        }
        acknowledge(from, contents.object(), contents.version());
    }

    /** W6: makes VALID what has exactly this version. */
    void onUpdate(Update update) {
        Replica replica = replica(update.object());
        if (unlocks(replica, update.version())) {
            commit(replica);
        }
    }

    /** J5: takes over what a synced member has, where it is newer. */
    void merge(Contents contents) {
        Replica replica = replica(contents.object());
        int order = contents.version().compareTo(replica.version());
        if (order > 0) {
            replace(replica, contents);
        } else if (order == 0 && contents.valid()) {
            commit(replica);
        }
    }

    /** W7: asks the home about what has been LOCKED for long. */
    void onTick(long nanos) {
        lockedSince.forEach((object, since) -> {
            if (nanos - since >= PATIENCE) {
                lockedSince.put(object, nanos);
                resolve(object);
            }
        });
    }

    /** The objects that are LOCKED. */
    List<ObjectId> locked() {
        return List.copyOf(lockedSince.keySet());
    }

    /** The copies of the objects after this one, in order; all if it is null. */
    Iterable<Replica> after(ObjectId object) {
        return object == null
                ? replicas.values()
                : replicas.tailMap(object, false).values();
    }

    /** Puts a round's proposals in. */
    void install(Replica replica, Lock lock) {
        replica.install(lock, epoch, proposed());
        watch(replica);
    }

    /** Makes this member's own copy a new round. */
    void propose(Replica replica, Version version) {
        replica.propose(version, epoch);
        watch(replica);
    }

    /** The state of a value that is not committed yet. */
    Entry.State proposed() {
        return Entry.State.LOCKED;
    }

    /** Whether the copy has what the round builds on. */
    boolean fits(Replica replica, Lock lock) {
        return lock.base().equals(replica.version());
    }

    /** W6: an UPDATE of another version says nothing about this copy: its own round may be open still. */
    boolean unlocks(Replica replica, Version version) {
        return replica.version().equals(version);
    }

    private void acknowledge(MemberId home, ObjectId object, Version version) {
        transport.send(home, new Ack(epoch.number(), object, version));
    }

    void replace(Replica replica, Contents contents) {
        tell(replica, replica.replace(contents));
        watch(replica);
    }

    /** The last round of this copy is committed. */
    void commit(Replica replica) {
        if (!replica.valid()) {
            Map<String, Value> seen = replica.unlock();
            watch(replica);
            tell(replica, seen);
        }
    }

    private void tell(Replica replica, Map<String, Value> seen) {
        seen.forEach((field, value) -> changes.changed(replica.object(), field, value));
        readers.wake(replica.object());
    }

    private void watch(Replica replica) {
        if (replica.valid()) {
            lockedSince.remove(replica.object());
        } else {
            lockedSince.put(replica.object(), clock.nanos());
        }
    }

    private void resolve(ObjectId object) {
        MemberId home = epoch.home(object);
        if (!home.equals(self)) {
            transport.send(
                    home, new Resolve(epoch.number(), object, replica(object).version()));
        }
    }
}
