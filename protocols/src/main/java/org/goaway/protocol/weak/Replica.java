package org.goaway.protocol.weak;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Value;

/** This member's copy of one object. Reads are for any thread, take no lock and never wait. */
public class Replica {

    /**
     * What a field has: a value with its version. It is the value itself, and keeps the version's parts, because that is most of
     * what a small field takes and the way that each read goes.
     */
    private static final class Entry extends Value {
        private static final Value NOTHING = Value.of(new byte[0]);

        final long count;
        final MemberId writer;
        final boolean removed;
        /** Whether it is from before this member was out of the cluster, and nobody who stayed is known to have it. */
        final boolean doubtful;

        /** A null value: it is a removal. */
        Entry(WeakVersion version, Value value, boolean own) {
            super(value == null ? NOTHING : value, own);
            this.count = version.count();
            this.writer = version.writer();
            this.removed = value == null;
            this.doubtful = false;
        }

        private Entry(Entry same, boolean doubtful) {
            super(same, false); // who has just remembered something may be about to forget it, but there alone
            this.count = same.count;
            this.writer = same.writer;
            this.removed = same.removed;
            this.doubtful = doubtful;
        }

        Entry doubted(boolean now) {
            return doubtful == now ? this : new Entry(this, now);
        }

        /** Null: removed. */
        Value value() {
            return removed ? null : this;
        }

        WeakVersion version() {
            return new WeakVersion(count, writer);
        }

        boolean is(WeakVersion version) {
            return count == version.count() && writer.equals(version.writer());
        }

        boolean isHigher(Entry other) {
            return count != other.count ? count > other.count : writer.compareTo(other.writer) > 0;
        }
    }

    /** Is shown fields. */
    @FunctionalInterface
    interface Visitor {
        void visit(String field, WeakVersion version, Value value);
    }

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private volatile boolean someDoubtful;

    Replica() {}

    /** The field's value here and now; null: never set, or removed. */
    public Value get(String field) {
        Entry entry = entries.get(field);
        return entry == null ? null : entry.value();
    }

    /** The fields that have a value. Those set or removed meanwhile may be missing or present. */
    public Set<String> fields() {
        Set<String> present = new TreeSet<>();
        entries.forEach((field, entry) -> {
            if (!entry.removed) {
                present.add(field);
            }
        });
        return present;
    }

    /** The field's version here and now; null: never set. That of a removed field is the removal's. */
    public WeakVersion version(String field) {
        Entry entry = entries.get(field);
        return entry == null ? null : entry.version();
    }

    /**
     * Installs the value unless a higher or the same version is here that is not doubtful. Any thread; returns whether it was
     * installed.
     *
     * @param own whether it is set here, of an object that a read may return
     */
    @SuppressWarnings("ReferenceEquality") // what it asks is whether its own stayed, and not an equal one
    boolean install(String field, WeakVersion version, Value value, boolean own) {
        Entry offered = new Entry(version, value, own);
        return entries.merge(field, offered, Replica::higher) == offered;
    }

    /** The field's entry as one consistent pair; nothing if there is none, or it is doubtful. */
    void read(String field, BiConsumer<WeakVersion, Value> reader) {
        Entry entry = entries.get(field);
        if (entry != null && !entry.doubtful) {
            reader.accept(entry.version(), entry.value());
        }
    }

    /** All fields that have a version, removed ones too. */
    Set<String> versioned() {
        return Set.copyOf(entries.keySet());
    }

    /** How many fields have a version, removed ones too. */
    int size() {
        return entries.size();
    }

    /** Shows each field that has a version, removed ones too, but no doubtful ones. */
    void forEach(Visitor visitor) {
        entries.forEach((field, entry) -> {
            if (!entry.doubtful) {
                visitor.visit(field, entry.version(), entry.value());
            }
        });
    }

    /** Shows the doubtful ones, too. */
    void forEachEvenDoubtful(Visitor visitor) {
        entries.forEach((field, entry) -> visitor.visit(field, entry.version(), entry.value()));
    }

    /** Whether there may be doubtful fields. */
    boolean mayHaveDoubtful() {
        return someDoubtful;
    }

    /** Makes the field's entry doubtful, or trusts it again, if it still has this version. */
    void doubt(String field, WeakVersion version, boolean doubtful) {
        someDoubtful |= doubtful;
        entries.computeIfPresent(field, (name, entry) -> entry.is(version) ? entry.doubted(doubtful) : entry);
    }

    /** Whether the field has this version, and it is doubtful. */
    boolean isDoubtful(String field, WeakVersion version) {
        Entry entry = someDoubtful ? entries.get(field) : null;
        return entry != null && entry.doubtful && entry.is(version);
    }

    /** Forgets the entries that are still doubtful; returns the fields that had a value. */
    Set<String> forgetDoubtful() {
        Set<String> lost = new TreeSet<>();
        entries.forEach((field, entry) -> {
            if (entry.doubtful) {
                entries.computeIfPresent(field, (name, here) -> forgotten(name, here, lost));
            }
        });
        someDoubtful = false;
        return lost;
    }

    /** Forgets that the field was removed, if this removal is what is here. */
    void forget(String field, WeakVersion removal) {
        entries.computeIfPresent(field, (name, entry) -> entry.removed && entry.is(removal) ? null : entry);
    }

    private static Entry forgotten(String field, Entry entry, Set<String> lost) {
        if (!entry.doubtful) {
            return entry; // replaced meanwhile
        }
        if (!entry.removed) {
            lost.add(field);
        }
        return null;
    }

    private static Entry higher(Entry here, Entry offered) {
        return here.doubtful || offered.isHigher(here) ? offered : here;
    }
}
