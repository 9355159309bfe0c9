package org.goaway.protocol.fastread;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Fence;
import org.goaway.protocol.Lease;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;
import org.goaway.protocol.fastread.FastReadMessage.Change;
import org.goaway.protocol.fastread.FastReadMessage.Finished;
import org.goaway.protocol.fastread.FastReadMessage.Lock;

/**
 * This member's copy of one object. Any thread reads it without waiting and without a message; only the event loop
 * writes it. Each call looks at the copy by itself: two calls may see two states.
 */
public class Replica {

    private final ObjectId object;
    private final Synced synced;
    private final Lease lease;
    /** What has a value or is LOCKED. */
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    /** The fields that are LOCKED, so that a round costs what it changes and not what the object has. */
    private final Set<String> locked = ConcurrentHashMap.newKeySet();

    /** The fields that may have been seen with a value before all was erased, while the copies are not complete again. */
    private final Set<String> erased = new TreeSet<>();

    private final Map<MemberId, Ledger> ledgers = new HashMap<>();
    private final Map<ObjectId, Long> fences = new LinkedHashMap<>();
    /** The last round in this copy. */
    private Version version = Version.NONE;
    /** Whether the last round is known to be committed. */
    private boolean valid = true;
    /** What all entries take in a message. */
    private long size;

    Replica(ObjectId object, Synced synced, Lease lease) {
        this.object = object;
        this.synced = synced;
        this.lease = lease;
    }

    public ObjectId object() {
        return object;
    }

    /**
     * The field's entry as a read may return it now, {@link Entry#ABSENT} for one that is absent; null if the reader has to
     * wait: ask {@link FastRead#readable} on the loop. Any thread; allocates nothing.
     */
    public Entry read(String field) {
        // The entry first, the lease after it (L3); last, that no stint has ended meanwhile: else an entry of the
        // former one,
        // looked at when the lease was over already, would be returned under the lease of the next one.
        long stint = synced.stint();
        Entry entry = present(field);
        return stint != 0 && entry.valid() && lease.isHeld() && stint == synced.stint() ? entry : null;
    }

    /** The names of all fields that have a value or are LOCKED; null if the reader has to wait as in {@link #read}. */
    public Set<String> names() {
        long stint = synced.stint();
        Set<String> names = Collections.unmodifiableSet(new TreeSet<>(entries.keySet()));
        return stint != 0 && lease.isHeld() && stint == synced.stint() ? names : null;
    }

    /** The values held now, for whoever keeps something beside them; no read of the object. */
    public List<Value> values() {
        return entries.values().stream()
                .map(Entry::value)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The names of the fields that are LOCKED. */
    Set<String> locked() {
        return Collections.unmodifiableSet(new TreeSet<>(locked));
    }

    /** The names of the fields that are VALID and have a value. */
    Set<String> fields() {
        Set<String> names = new TreeSet<>();
        entries.forEach((field, entry) -> {
            if (entry.valid()) {
                names.add(field);
            }
        });
        return names;
    }

    /** The field's entry, also for a field that is absent, whether it may be read or not. */
    final Entry present(String field) {
        Entry entry = entries.get(field);
        return entry != null ? entry : Entry.ABSENT;
    }

    Version version() {
        return version;
    }

    boolean valid() {
        return valid;
    }

    /** How many bytes all entries take in a message, or a little more. */
    long size() {
        return size;
    }

    /** How many of them this field's entry takes. */
    long size(String field) {
        Entry entry = entries.get(field);
        return entry == null ? 0 : Entry.sizeOf(field, entry.value());
    }

    /** What is known of this client's operations. */
    Ledger ledger(MemberId client) {
        return ledgers.computeIfAbsent(client, any -> new Ledger());
    }

    /** The highest token of this lock that came with a write; 0: none did. */
    long token(ObjectId lock) {
        return fences.getOrDefault(lock, 0L);
    }

    /** Puts in a round that builds on this very copy. */
    void install(Lock lock, Epoch epoch, Entry.State state) {
        forgetLostClients(epoch);
        for (Change change : lock.changes()) {
            put(change.field(), new Entry(lock.version(), change.value(), state));
        }
        lock.finished().forEach(finished -> ledger(finished.client()).put(finished));
        lock.fences().forEach(fence -> fences.merge(fence.lock(), fence.token(), Math::max));
        version = lock.version();
        valid = state == Entry.State.VALID;
    }

    /** Makes this copy's content a round of its own; what is LOCKED stays so. */
    void propose(Version next, Epoch epoch) {
        forgetLostClients(epoch);
        version = next;
        valid = false;
    }

    /** Makes this copy equal to that one. Returns what a reader may see anew. */
    Map<String, Value> replace(Contents contents) {
        Map<String, Value> seen = new HashMap<>();
        Set<String> gone = new TreeSet<>(entries.keySet());
        for (Contents.Field field : contents.fields()) {
            gone.remove(field.name());
            Entry old = present(field.name());
            if (!field.locked() && (!old.valid() || !Objects.equals(old.value(), field.value()))) {
                seen.put(field.name(), field.value());
            }
            put(field.name(), field.entry());
        }
        for (String field : gone) {
            seen.put(field, null);
            put(field, Entry.ABSENT);
        }
        ledgers.clear();
        fences.clear();
        contents.finished().forEach(finished -> ledger(finished.client()).put(finished));
        contents.fences().forEach(fence -> fences.put(fence.lock(), fence.token()));
        version = contents.version();
        valid = contents.valid();
        return seen;
    }

    /** The last round is committed: makes all VALID. Returns what a reader may see anew. */
    Map<String, Value> unlock() {
        Map<String, Value> seen = new HashMap<>();
        for (String field : locked) {
            Entry entry = entries.get(field).unlocked();
            put(field, entry);
            seen.put(field, entry.value());
        }
        valid = true;
        return seen;
    }

    /** Erases everything. */
    void wipe() {
        erased.addAll(entries.keySet());
        entries.clear();
        locked.clear();
        ledgers.clear();
        fences.clear();
        size = 0;
        version = Version.NONE;
        valid = true;
    }

    /** The copies are complete. Returns what a reader may see anew: what was erased, and was removed meanwhile. */
    Map<String, Value> completed() {
        Map<String, Value> seen = new HashMap<>();
        for (String field : erased) {
            if (!entries.containsKey(field)) {
                seen.put(field, null);
            }
        }
        erased.clear();
        return seen;
    }

    /** All that is in this copy. */
    Contents contents() {
        List<Contents.Field> fields = new ArrayList<>(entries.size());
        entries.forEach(
                (name, entry) -> fields.add(new Contents.Field(name, entry.version(), entry.value(), !entry.valid())));
        List<Finished> finished = new ArrayList<>();
        ledgers.forEach((client, ledger) -> ledger.answers()
                .forEach((seq, answer) -> finished.add(new Finished(client, seq, ledger.lowest(), answer))));
        List<Fence> tokens = new ArrayList<>();
        fences.forEach((lock, token) -> tokens.add(new Fence(lock, token)));
        return new Contents(object, version, valid, fields, finished, tokens);
    }

    /** What was removed has an entry only while it is LOCKED: after that, the object's version says that it is absent. */
    private void put(String field, Entry entry) {
        if (entry.valid()) {
            locked.remove(field);
        } else {
            locked.add(field);
        }
        size -= size(field);
        if (entry.valid() && entry.value() == null) {
            entries.remove(field);
        } else {
            entries.put(field, entry);
            size += Entry.sizeOf(field, entry.value());
        }
    }

    /**
     * With its first round in an epoch, an object forgets the clients that are no members any more: these cannot repeat
     * anything. All replicas do so in the same round, so that they stay equal.
     */
    private void forgetLostClients(Epoch epoch) {
        if (version.epoch() < epoch.number()) {
            ledgers.keySet().retainAll(epoch.members());
        }
    }

    @Override
    public String toString() {
        return object + " " + version + (valid ? " VALID " : " LOCKED ") + entries;
    }
}
