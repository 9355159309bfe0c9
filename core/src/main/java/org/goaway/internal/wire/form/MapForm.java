package org.goaway.internal.wire.form;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.goaway.internal.wire.value.Refusal;
import org.goaway.internal.wire.value.Tag;

/** A map of the JDK: its kind, what its kind is made with, its entries. */
final class MapForm extends Form.Shared {

    private final MapKind kind;

    MapForm(MapKind kind) {
        super(kind.isEarly());
        this.kind = kind;
    }

    @Override
    void body(Writer writer, Object value) throws IOException {
        Map<?, ?> map = (Map<?, ?>) value;
        writer.number(Tag.MAP, kind.id());
        if (kind.detail() != null) {
            Object detail = kind.detail().apply(map, writer.forms());
            try {
                writer.any(detail);
            } catch (Refusal refusal) {
                throw refusal.at("comparator");
            }
        }
        writeEntries(writer, map, kind.unordered());
    }

    static void writeEntries(Writer writer, Map<?, ?> map, boolean sort) throws IOException {
        Map.Entry<?, ?>[] entries = map.entrySet().toArray(Map.Entry[]::new);
        writer.number(Tag.DETAIL, entries.length);
        if (!sort || entries.length < 2) {
            for (Map.Entry<?, ?> entry : entries) {
                writeEntry(writer, entry.getKey(), entry.getValue());
            }
            return;
        }
        Object[] keys = new Object[entries.length];
        IdentityHashMap<Object, Object> values = new IdentityHashMap<>();
        for (int i = 0; i < keys.length; i++) {
            keys[i] = entries[i].getKey();
            values.put(keys[i], entries[i].getValue());
        }
        CollectionForm.sort(writer, keys);
        for (Object key : keys) {
            writeEntry(writer, key, values.get(key));
        }
    }

    private static void writeEntry(Writer writer, Object key, Object value) throws IOException {
        try {
            writer.any(key);
        } catch (Refusal refusal) {
            throw refusal.at("a key");
        }
        try {
            writer.any(value);
        } catch (Refusal refusal) {
            throw refusal.at("the value of " + describe(key));
        }
    }

    /** No toString of an application runs for a message, and none makes it long. */
    private static String describe(Object key) {
        if (key instanceof String || key instanceof Number || key instanceof Enum<?>) {
            String text = key instanceof Enum<?> constant ? constant.name() : key.toString();
            return "key '" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
        }
        return key == null ? "key null" : "a key of " + key.getClass().getName();
    }

    static Object read(Reader reader, int id) throws IOException {
        int reference = reader.reserve();
        MapKind kind = MapKind.of(id);
        Object detail = kind.detail() == null ? null : reader.any();
        if (kind.isEarly()) {
            Map<Object, Object> filled = kind.make().apply(detail);
            Map<Object, Object> read =
                    kind.view() == null ? filled : kind.view().apply(filled);
            reader.fill(reference, read);
            readEntries(reader, filled::put);
            return reader.finish(reference, read);
        }
        return reader.finish(reference, built(reader, kind, detail));
    }

    private static Object built(Reader reader, MapKind kind, Object detail) throws IOException {
        boolean whole = true;
        Object[] keys = new Object[reader.count(4)];
        IdentityHashMap<Object, Object> entries = new IdentityHashMap<>(); // which asks no key for its hash
        for (int i = 0; i < keys.length; i++) {
            int before = reader.references().waits();
            keys[i] = reader.any();
            whole &= reader.references().waits() == before;
            entries.put(keys[i], reader.any());
        }
        Supplier<Map<Object, Object>> make = () -> kind.build().apply(detail, entries);
        return whole || !kind.unordered() ? make.get() : CollectionForm.hashedEarly(reader, keys, make, Map::keySet);
    }

    /** Puts the entries; once the keys are whole, if the hash or order of one is not yet known. */
    static void readEntries(Reader reader, BiConsumer<Object, Object> map) throws IOException {
        References references = reader.references();
        boolean whole = true;
        int count = reader.count(4);
        Object[] both = new Object[2 * count];
        for (int i = 0; i < both.length; i += 2) {
            int before = references.waits();
            both[i] = reader.any();
            whole &= references.waits() == before;
            both[i + 1] = reader.any();
        }
        Runnable fill = () -> {
            for (int i = 0; i < both.length; i += 2) {
                map.accept(both[i], both[i + 1]);
            }
        };
        if (whole) {
            fill.run();
        } else {
            references.whenWhole(fill);
        }
    }
}
