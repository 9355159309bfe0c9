package org.goaway.internal.wire.form;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.goaway.internal.wire.value.CorruptException;
import org.goaway.internal.wire.value.Tag;

/** The single values of the JDK, by exact class or by interface: each with a small form of its own. Immutable once made. */
final class JdkValues {

    private final Map<Integer, Kind> byId = new HashMap<>();
    private final Map<Class<?>, Form> byClass = new HashMap<>();
    private final Map<Class<?>, Form> byInterface = new LinkedHashMap<>();

    JdkValues() {
        JdkNumbers.addTo(this);
        JdkTimes.addTo(this);
        JdkObjects.addTo(this);
    }

    /** Writes the parts of a value. */
    @FunctionalInterface
    interface Put<T> {
        void put(Writer writer, T value) throws IOException;
    }

    /** Reads the parts and makes the value. */
    @FunctionalInterface
    interface Get<T> {
        T get(Reader reader) throws IOException;
    }

    private record Kind(int id, boolean shared, Get<?> get) {}

    private static <T> Form form(int id, boolean shared, Class<T> type, Put<T> put) {
        Form plain = (writer, value) -> {
            writer.number(Tag.JDK_VALUE, id);
            put.put(writer, type.cast(value));
        };
        return !shared
                ? plain
                : new Form.Shared(false) {
                    @Override
                    void body(Writer writer, Object value) throws IOException {
                        plain.write(writer, value);
                    }
                };
    }

    /** A value without identity. */
    <T> void value(int id, Class<T> type, Put<T> put, Get<?> get) {
        byId.put(id, new Kind(id, false, get));
        byClass.put(type, form(id, false, type, put));
    }

    /** An object that can be changed or holds others, so that several may refer to the same. */
    <T> void object(int id, Class<T> type, Put<T> put, Get<?> get) {
        byId.put(id, new Kind(id, true, get));
        byClass.put(type, form(id, true, type, put));
    }

    /** Values of an interface or superclass, whose classes the JDK keeps to itself. */
    <T> void family(int id, Class<T> type, Put<T> put, Get<?> get) {
        byId.put(id, new Kind(id, false, get));
        byInterface.put(type, form(id, false, type, put));
    }

    /** The form of a class of the JDK; null if it has none here. */
    Form of(Class<?> type) {
        Form exact = byClass.get(type);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<Class<?>, Form> family : byInterface.entrySet()) {
            if (family.getKey().isAssignableFrom(type)) {
                return family.getValue();
            }
        }
        return null;
    }

    Object read(Reader reader, int id) throws IOException {
        Kind kind = byId.get(id);
        if (kind == null) {
            throw new CorruptException("no kind of value has the number " + id);
        } else if (!kind.shared) {
            return kind.get.get(reader);
        }
        int reference = reader.reserve();
        return reader.finish(reference, kind.get.get(reader));
    }
}
