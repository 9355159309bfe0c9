package org.goaway.protocol.fastread;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Version;

/**
 * This member's copy of one object. Any thread reads it without waiting and without a message; only the event loop
 * writes it. Each call looks at the copy by itself: two calls may see two states.
 */
public final class Replica {

    private final ObjectId object;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    /** The fields that are LOCKED, so that a round costs what it changes and not what the object has. */
    private final Set<String> locked = ConcurrentHashMap.newKeySet();

    private final Map<MemberId, Ledger> ledgers = new HashMap<>();

    Replica(ObjectId object) {
        this.object = object;
    }

    public ObjectId object() {
        return object;
    }

    /**
     * The field's entry now; null if it was never written. The value of a LOCKED entry must not be returned to anybody:
     * ask {@link FastRead#readable} on the loop.
     */
    public Entry entry(String field) {
        return entries.get(field);
    }

    /**
     * The field's entry as a read may return it now, {@link Entry#ABSENT} for one never written; null if the reader has to
     * wait: ask {@link FastRead#readable} on the loop.
     */
    public Entry read(String field) {
        Entry entry = present(field);
        return entry.valid() ? entry : null;
    }

    /** The names of the fields that are VALID and have a value. Fields being written just now are in {@link #locked}. */
    public Set<String> fields() {
        Set<String> names = new TreeSet<>();
        entries.forEach((field, entry) -> {
            if (entry.valid() && entry.value() != null) {
                names.add(field);
            }
        });
        return Collections.unmodifiableSet(names);
    }

    /** The names of all fields that have an entry, LOCKED and removed ones too. */
    public Set<String> everWritten() {
        return Collections.unmodifiableSet(new TreeSet<>(entries.keySet()));
    }

    /** The names of the fields that are LOCKED. */
    public Set<String> locked() {
        return Collections.unmodifiableSet(new TreeSet<>(locked));
    }

    /** The field's entry, also for a field that was never written. */
    Entry present(String field) {
        return entries.getOrDefault(field, Entry.ABSENT);
    }

    Ledger ledger(MemberId client) {
        return ledgers.computeIfAbsent(client, any -> new Ledger());
    }

    /** Puts the round's changes in, unless the field has a later version already. */
    void install(Lock lock, Entry.State state) {
        for (Lock.Change change : lock.changes()) {
            if (lock.version().compareTo(present(change.field()).version()) > 0) {
                Entry entry = new Entry(lock.version(), change.value(), state);
                entries.put(change.field(), entry);
                if (!entry.valid()) {
                    locked.add(change.field());
                }
            }
        }
        for (Lock.Finished finished : lock.finished()) {
            Ledger ledger = ledger(finished.client());
            if (finished.seq() > ledger.last()) {
                ledger.put(finished.seq(), new Done(lock.epoch(), object, finished.seq(), finished.answer()));
                ledger.forget(finished.lowest());
            }
        }
    }

    /** Makes the LOCKED entries VALID for which the condition holds, and returns them. */
    Map<String, Entry> unlock(Version version, BiPredicate<Entry, Version> condition) {
        Map<String, Entry> unlocked = new HashMap<>();
        for (String field : locked) {
            Entry entry = entries.get(field);
            if (condition.test(entry, version)) {
                entries.put(field, entry.unlocked());
                unlocked.put(field, entry.unlocked());
            }
        }
        locked.removeAll(unlocked.keySet());
        return unlocked;
    }

    /** The versions of the entries that are LOCKED. */
    Set<Version> lockedVersions() {
        Set<Version> versions = new TreeSet<>();
        locked.forEach(field -> versions.add(entries.get(field).version()));
        return versions;
    }

    @Override
    public String toString() {
        return object + " " + entries;
    }
}
