package org.goaway.protocol.weak;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.goaway.protocol.Value;

/** This member's copy of one object. Reads are for any thread, take no lock and never wait. */
public final class Replica {

    /** Compared by identity: {@link #install} asks whether it is its own that stayed. */
    private static final class Entry {
        final WeakVersion version;
        final Value value;

        Entry(WeakVersion version, Value value) {
            this.version = version;
            this.value = value;
        }
    }

    /** Is shown fields. */
    @FunctionalInterface
    interface Visitor {
        void visit(String field, WeakVersion version, Value value);
    }

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

    Replica() {}

    /** The field's value here and now; null: never set, or removed. */
    public Value get(String field) {
        Entry entry = entries.get(field);
        return entry == null ? null : entry.value;
    }

    /** The fields that have a value. Those set or removed meanwhile may be missing or present. */
    public Set<String> fields() {
        Set<String> present = new TreeSet<>();
        entries.forEach((field, entry) -> {
            if (entry.value != null) {
                present.add(field);
            }
        });
        return present;
    }

    /** The field's version here and now; null: never set. That of a removed field is the removal's. */
    public WeakVersion version(String field) {
        Entry entry = entries.get(field);
        return entry == null ? null : entry.version;
    }

    /** Installs the value unless a higher or the same version is here. Any thread; returns whether it was installed. */
    boolean install(String field, WeakVersion version, Value value) {
        Entry offered = new Entry(version, value);
        return entries.merge(field, offered, Replica::higher) == offered;
    }

    /** The field's entry as one consistent pair; nothing if it was never set. */
    void read(String field, BiConsumer<WeakVersion, Value> reader) {
        Entry entry = entries.get(field);
        if (entry != null) {
            reader.accept(entry.version, entry.value);
        }
    }

    /** All fields that were ever set, removed ones too. */
    Set<String> everSet() {
        return Set.copyOf(entries.keySet());
    }

    /** How many fields were ever set, removed ones too. */
    int size() {
        return entries.size();
    }

    /** Shows each field that was ever set, removed ones too. */
    void forEach(Visitor visitor) {
        entries.forEach((field, entry) -> visitor.visit(field, entry.version, entry.value));
    }

    private static Entry higher(Entry here, Entry offered) {
        return offered.version.compareTo(here.version) > 0 ? offered : here;
    }
}
