package org.goaway.internal.wire.form;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.goaway.internal.wire.value.CorruptException;
import org.goaway.internal.wire.value.Refusal;
import org.goaway.internal.wire.value.Tag;

/** A collection of the JDK: its kind, what its kind is made with, its elements. */
final class CollectionForm extends Form.Shared {

    private static final int INTEGERS = 2;
    private static final int LONGS = 3;
    private static final int DOUBLES = 4;

    private final CollectionKind kind;

    CollectionForm(CollectionKind kind) {
        super(kind.isEarly());
        this.kind = kind;
    }

    CollectionKind kind() {
        return kind;
    }

    @Override
    void body(Writer writer, Object value) throws IOException {
        Collection<?> collection = (Collection<?>) value;
        writer.number(Tag.COLLECTION, kind.id());
        if (kind.detail() != null) {
            Object detail = kind.detail().apply(collection);
            try {
                writer.any(detail);
            } catch (Refusal refusal) {
                throw refusal.at("comparator");
            }
        }
        Object[] elements = collection.toArray();
        if (kind.unordered()) {
            sort(writer, elements);
        }
        writeElements(writer, elements);
    }

    /** Brings {@code elements} into an order that depends on nothing but themselves, if they are of kinds that have one. */
    static void sort(Writer writer, Object[] elements) throws IOException {
        if (elements.length < 2) {
            return;
        }
        Class<?> type = elements[0] == null ? null : elements[0].getClass();
        boolean same = type == String.class || type == Integer.class || type == Long.class;
        for (Object element : elements) {
            if (element == null || element.getClass() != type) {
                same = false;
            }
            if (!Comparables.comparable(element)) {
                return;
            }
        }
        if (same) {
            Arrays.sort(elements);
            return;
        }
        IdentityHashMap<Object, byte[]> keys = new IdentityHashMap<>();
        for (Object element : elements) {
            keys.put(element, writer.alone(element));
        }
        Arrays.sort(elements, Comparator.comparing(keys::get, Arrays::compare));
    }

    static void writeElements(Writer writer, Object[] elements) throws IOException {
        Class<?> type = elements.length == 0 || elements[0] == null ? null : elements[0].getClass();
        if (type == Integer.class || type == Long.class || type == Double.class) {
            for (Object element : elements) {
                if (element == null || element.getClass() != type) {
                    type = null;
                    break;
                }
            }
            if (type != null) {
                writer.bytes(type == Integer.class ? INTEGERS : type == Long.class ? LONGS : DOUBLES, pack(elements));
                return;
            }
        }
        writer.number(Tag.DETAIL, elements.length);
        writeEach(writer, elements);
    }

    static void writeEach(Writer writer, Object[] elements) throws IOException {
        for (int i = 0; i < elements.length; i++) {
            try {
                writer.any(elements[i]);
            } catch (Refusal refusal) {
                throw refusal.at("[" + i + "]");
            }
        }
    }

    private static byte[] pack(Object[] elements) {
        if (elements[0] instanceof Double) {
            double[] values = new double[elements.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (Double) elements[i];
            }
            byte[] bytes = new byte[Math.multiplyExact(8, values.length)];
            ArrayForm.fillBytes(values, values.length, bytes, 0);
            return bytes;
        }
        byte[] bytes = new byte[Math.multiplyExact(elements[0] instanceof Integer ? 5 : 10, elements.length)];
        int size = 0;
        for (Object element : elements) {
            long value = ((Number) element).longValue();
            long rest = (value << 1) ^ (value >> 63);
            while ((rest & ~0x7FL) != 0) {
                bytes[size++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            bytes[size++] = (byte) rest;
        }
        return Arrays.copyOf(bytes, size);
    }

    static Object[] readElements(Reader reader) throws IOException {
        int key = reader.peek();
        if (key == Tag.key(INTEGERS, Tag.BYTES)) {
            return unpack(reader.bytes(INTEGERS), true);
        } else if (key == Tag.key(LONGS, Tag.BYTES)) {
            return unpack(reader.bytes(LONGS), false);
        } else if (key == Tag.key(DOUBLES, Tag.BYTES)) {
            byte[] bytes = reader.bytes(DOUBLES);
            double[] values = new double[bytes.length / 8];
            ArrayForm.readBytes(bytes, 0, values, values.length);
            return Arrays.stream(values).boxed().toArray();
        }
        Object[] elements = new Object[reader.count(2)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = reader.any();
        }
        return elements;
    }

    private static Object[] unpack(byte[] bytes, boolean integers) {
        int count = 0;
        for (byte each : bytes) {
            if (each >= 0) {
                count++;
            }
        }
        Object[] elements = new Object[count];
        int position = 0;
        for (int i = 0; i < count; i++) {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes[position++];
                value |= (next & 0x7FL) << shift;
                if (next >= 0) {
                    break;
                }
            }
            value = (value >>> 1) ^ -(value & 1);
            elements[i] = integers ? (Object) Math.toIntExact(value) : (Object) value;
        }
        return elements;
    }

    static Object read(Reader reader, int id) throws IOException {
        int reference = reader.reserve();
        CollectionKind kind = CollectionKind.of(id);
        Object detail = kind.detail() == null ? null : reader.any();
        if (!kind.isEarly()) {
            return reader.finish(reference, built(reader, kind, detail));
        }
        Collection<Object> filled = kind.make().apply(detail);
        Collection<Object> read = kind.view() == null ? filled : kind.view().apply(filled);
        reader.fill(reference, read);
        readInto(reader, filled instanceof List, elements -> filled.addAll(Arrays.asList(elements)));
        return reader.finish(reference, read);
    }

    private static Object built(Reader reader, CollectionKind kind, Object detail) throws IOException {
        int before = reader.references().waits();
        Object[] elements = readElements(reader);
        if (!kind.unordered() || reader.references().waits() == before) {
            return kind.build().apply(detail, elements);
        }
        return hashedEarly(reader, elements, () -> (Collection<?>) kind.build().apply(detail, elements), set -> set);
    }

    /**
     * What {@code make} makes of elements that are not whole. It cannot be filled later, and is right only if their hashes are
     * the same once they are.
     */
    static <T> T hashedEarly(Reader reader, Object[] elements, Supplier<T> make, Function<T, Collection<?>> hashed) {
        T made;
        try {
            made = make.get();
        } catch (RuntimeException e) { // the program's own hashCode
            throw unhashed("something", e);
        }
        reader.references().whenWhole(() -> {
            Collection<?> found = hashed.apply(made);
            for (Object element : elements) {
                if (!found.contains(element)) {
                    throw unhashed("a " + element.getClass().getName(), null);
                }
            }
        });
        return made;
    }

    private static CorruptException unhashed(String what, RuntimeException cause) {
        return new CorruptException(
                "a Set.of or Map.of, or copyOf, of " + what
                        + " that refers to an object around it, on which its hash code depends: the set is made before that"
                        + " object is whole. Use a HashSet or HashMap, or Collections.unmodifiable... of one",
                cause);
    }

    /**
     * Has {@code fill} add the elements; once they are whole, if the hash or order of one is not yet known.
     *
     * @param list whether nothing is asked of them
     */
    static void readInto(Reader reader, boolean list, Consumer<Object[]> fill) throws IOException {
        int before = reader.references().waits();
        Object[] elements = readElements(reader);
        if (list || reader.references().waits() == before) {
            fill.accept(elements);
        } else {
            reader.references().whenWhole(() -> fill.accept(elements));
        }
    }
}
