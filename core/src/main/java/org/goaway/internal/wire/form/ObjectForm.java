package org.goaway.internal.wire.form;

import static java.lang.invoke.MethodType.methodType;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.goaway.internal.wire.value.Accessors;
import org.goaway.internal.wire.value.CorruptException;
import org.goaway.internal.wire.value.Tag;

/**
 * An object of the application: its fields, and its elements if it extends a collection or map of the JDK, whose own
 * fields are closed. Made without running its constructors, so that initialisers do not overwrite nulls; a record by its
 * constructor, whose checks run.
 */
abstract class ObjectForm extends Form.Shared {

    private final Shape shape;
    private final Accessors.Getter resolve;

    ObjectForm(Shape shape, boolean early, Accessors.Getter resolve) {
        super(early && resolve == null);
        this.shape = shape;
        this.resolve = resolve;
    }

    Shape shape() {
        return shape;
    }

    @Override
    void body(Writer writer, Object value) throws IOException {
        writer.shapeOf(Tag.OBJECT, shape);
        writer.fields(Tag.OBJECT, shape, value);
    }

    final Object read(Reader reader, int reference) throws IOException {
        Object value = readParts(reader, reference);
        return reader.finish(reference, resolve == null ? value : resolve.get(value));
    }

    abstract Object readParts(Reader reader, int reference) throws IOException;

    @Override
    public String toString() {
        return shape.toString();
    }

    /** A plain object. */
    static class Plain extends ObjectForm {

        private final Constructor<?> maker;
        private final boolean early;

        Plain(Shape shape, Constructor<?> maker, Accessors.Getter resolve) {
            super(shape, true, resolve);
            this.maker = maker;
            this.early = resolve == null;
        }

        @Override
        Object readParts(Reader reader, int reference) throws IOException {
            Object value = Shape.make(maker);
            if (early) {
                reader.fill(reference, value);
            }
            reader.fields(Tag.OBJECT, shape(), value);
            return value;
        }
    }

    /**
     * A collection or map of the application that extends one of the JDK. Filled by the JDK's own method: what the
     * application's does besides is in the fields already, and it may refuse.
     */
    static final class Extended extends Plain {

        private final MethodHandle filler;

        /** @param base what it extends */
        Extended(Shape shape, Class<?> base, Constructor<?> maker, Accessors.Getter resolve) {
            super(shape, maker, resolve);
            this.filler = Map.class.isAssignableFrom(base) ? putter(shape.type(), base) : adder(shape.type(), base);
        }

        private static MethodHandle putter(Class<?> type, Class<?> base) {
            return Accessors.special(type, base, "put", methodType(Object.class, Object.class, Object.class))
                    .asType(methodType(void.class, Object.class, Object.class, Object.class));
        }

        /** The method that does it: what a queue adds by {@code add} goes through others that may be overridden. */
        private static MethodHandle adder(Class<?> type, Class<?> base) {
            MethodHandle method = Deque.class.isAssignableFrom(base)
                    ? Accessors.special(type, base, "addLast", methodType(void.class, Object.class))
                    : Accessors.special(
                            type,
                            base,
                            Queue.class.isAssignableFrom(base) ? "offer" : "add",
                            methodType(boolean.class, Object.class));
            return method.asType(methodType(void.class, Object.class, Object.class));
        }

        @Override
        void body(Writer writer, Object value) throws IOException {
            super.body(writer, value);
            if (value instanceof Map<?, ?> map) {
                MapForm.writeEntries(writer, map, false);
            } else {
                CollectionForm.writeElements(writer, ((Collection<?>) value).toArray());
            }
        }

        @Override
        Object readParts(Reader reader, int reference) throws IOException {
            Object value = super.readParts(reader, reference);
            if (value instanceof Map) {
                MapForm.readEntries(reader, (key, mapped) -> put(value, key, mapped));
            } else {
                CollectionForm.readInto(reader, value instanceof List, elements -> {
                    for (Object element : elements) {
                        add(value, element);
                    }
                });
            }
            return value;
        }

        private void put(Object map, Object key, Object value) {
            try {
                filler.invokeExact(map, key, value);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e.toString(), e);
            }
        }

        private void add(Object collection, Object element) {
            try {
                filler.invokeExact(collection, element);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e.toString(), e);
            }
        }
    }

    /** A record. */
    static final class OfRecord extends ObjectForm {

        private final MethodHandle constructor;
        private final Object[] zeros;

        /**
         * @param constructor the canonical one, taking all components in one array
         * @param zeros what the components are that were left out
         */
        OfRecord(Shape shape, MethodHandle constructor, Object[] zeros, Accessors.Getter resolve) {
            super(shape, false, resolve);
            this.constructor = constructor;
            this.zeros = zeros;
        }

        @Override
        Object readParts(Reader reader, int reference) throws IOException {
            Object[] components = zeros.clone();
            reader.fields(Tag.OBJECT, shape(), components);
            try {
                return (Object) constructor.invokeExact(components);
            } catch (Throwable e) {
                throw new CorruptException(shape() + " refuses its components: " + e, e);
            }
        }
    }
}
