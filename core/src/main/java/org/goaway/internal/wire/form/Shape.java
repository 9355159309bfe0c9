package org.goaway.internal.wire.form;

import io.protostuff.runtime.Field;
import io.protostuff.runtime.RuntimeEnv;
import io.protostuff.runtime.RuntimeSchema;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.goaway.internal.wire.value.Accessors;

/**
 * The fields of a class as a protostuff schema, and a fingerprint of their names and types: bytes that a class of another
 * shape wrote are refused instead of being put where they do not belong. Immutable.
 */
final class Shape {

    private final Class<?> type;
    private final RuntimeSchema<Cursor> schema;
    private final int fingerprint;
    private final String description;

    private Shape(Class<?> type, List<Field<Cursor>> fields) {
        this.type = type;
        this.description = Arrays.toString(
                fields.stream().map(field -> ((FieldSlot) field).description()).toArray());
        this.fingerprint = (description.hashCode() ^ (description.hashCode() >>> 14)) & 0x3FFF;
        this.schema = new RuntimeSchema<>(Cursor.class, fields, new RuntimeEnv.Instantiator<Cursor>() {
            @Override
            public Cursor newInstance() {
                throw new IllegalStateException("a cursor is never made by its schema");
            }
        });
    }

    /** What the schema of a class writes from and reads into. Owned by the writer or the reader in it. */
    static final class Cursor {

        final Writer writer;
        final Reader reader;
        Object target;

        Cursor(Writer writer, Reader reader) {
            this.writer = writer;
            this.reader = reader;
        }
    }

    /** The fields that {@code type} and its superclasses below {@code top} declare. */
    static Shape ofFields(Class<?> type, Class<?> top) {
        List<Class<?>> lineage = new ArrayList<>();
        for (Class<?> each = type; each != top; each = each.getSuperclass()) {
            lineage.add(0, each);
        }
        List<Field<Cursor>> fields = new ArrayList<>();
        for (Class<?> each : lineage) {
            boolean all = restoresTransients(each);
            Arrays.stream(each.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .filter(field -> all || !Modifier.isTransient(field.getModifiers()))
                    .sorted(Comparator.comparing(java.lang.reflect.Field::getName))
                    .forEach(field -> fields.add(FieldSlot.of(fields.size() + 1, field)));
        }
        return new Shape(type, fields);
    }

    /** The components of a record, read into an array. */
    static Shape ofRecord(Class<?> type) {
        List<Field<Cursor>> fields = new ArrayList<>();
        Arrays.stream(type.getRecordComponents())
                .forEach(component -> fields.add(FieldSlot.of(fields.size() + 1, component)));
        return new Shape(type, fields);
    }

    /** A class that reads itself back computes its transient fields; that code does not run here, so they travel. */
    private static boolean restoresTransients(Class<?> type) {
        if (Externalizable.class.isAssignableFrom(type)) {
            return true;
        }
        try {
            return type.getDeclaredMethod("readObject", ObjectInputStream.class) != null;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    Class<?> type() {
        return type;
    }

    RuntimeSchema<Cursor> schema() {
        return schema;
    }

    int fingerprint() {
        return fingerprint;
    }

    @Override
    public String toString() {
        return type.getName() + " " + description;
    }

    /** Calls a constructor that {@link Accessors#instantiator} found. */
    static Object make(Constructor<?> maker, Object... arguments) throws IOException {
        try {
            return maker.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IOException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IOException(e);
        }
    }
}
