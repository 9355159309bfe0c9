package org.goaway.internal.wire;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import org.goaway.GoAwayException;
import org.goaway.internal.wire.value.CorruptException;

/**
 * A registered record: its components in the order of their declaration, without names or numbers.
 *
 * <p>Accessors and constructor are folded into one method handle for each direction, so that the compiler sees a message's
 * encoding as straight-line code and primitives are never boxed. They are linked at the first use: a node that never
 * sends a message does not pay for it. Safe for any thread: linking twice gives equal handles.
 */
final class RecordShape implements Slot {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    /** The types that need no slot, and the names of their pair of methods. */
    private static final Map<Class<?>, String> DIRECT = Map.of(
            boolean.class, "Boolean",
            byte.class, "Byte",
            short.class, "Short",
            char.class, "Char",
            int.class, "Int",
            long.class, "Long",
            float.class, "Float",
            double.class, "Double",
            String.class, "String",
            byte[].class, "Bytes");

    private final int id;
    private final Class<? extends Record> type;
    private final MessageTypes types;
    private Linked linked;

    RecordShape(int id, Class<? extends Record> type, MessageTypes types) {
        this.id = id;
        this.type = type;
        this.types = types;
    }

    private record Linked(MethodHandle writer, MethodHandle reader) {}

    int id() {
        return id;
    }

    Class<? extends Record> type() {
        return type;
    }

    /** Confirms that each component can be written. */
    void check() {
        for (RecordComponent component : type.getRecordComponents()) {
            if (!DIRECT.containsKey(component.getType())) {
                slotOf(component);
            }
        }
    }

    private Slot slotOf(RecordComponent component) {
        return types.slotOf(component.getGenericType(), type.getName() + "." + component.getName());
    }

    @Override
    public void write(ByteSink sink, Object value) {
        sink.putBoolean(value != null);
        if (value != null) {
            writeComponents(sink, value);
        }
    }

    @Override
    public Object read(ByteSource source) {
        return source.getBoolean() ? readComponents(source) : null;
    }

    void writeComponents(ByteSink sink, Object value) {
        try {
            linked().writer.invokeExact(sink, value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new GoAwayException("cannot encode a " + type.getName(), e);
        }
    }

    Record readComponents(ByteSource source) {
        source.enter();
        try {
            return (Record) linked().reader.invokeExact(source);
        } catch (CorruptException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new CorruptException(type.getName() + " refuses what was received: " + e, e);
        } finally {
            source.leave();
        }
    }

    private Linked linked() {
        Linked known = linked;
        if (known == null) {
            known = link();
            linked = known;
        }
        return known;
    }

    private Linked link() {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Class<?>[] parameters =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            MethodHandle reader = LOOKUP.unreflectConstructor(constructor);
            MethodHandle writer = MethodHandles.empty(methodType(void.class, ByteSink.class, Object.class));
            for (int i = components.length - 1; i >= 0; i--) {
                writer = MethodHandles.foldArguments(writer, writerOf(components[i]));
                // the filter that is added last runs first: components are read in their order
                reader = MethodHandles.filterArguments(reader, i, readerOf(components[i]));
            }
            return new Linked(writer, ofOneSource(reader, components.length));
        } catch (ReflectiveOperationException e) {
            throw new GoAwayException(type.getName() + " cannot be used as a message", e);
        }
    }

    private static MethodHandle ofOneSource(MethodHandle reader, int sources) {
        if (sources == 0) {
            return MethodHandles.dropArguments(reader, 0, ByteSource.class)
                    .asType(methodType(Record.class, ByteSource.class));
        }
        return MethodHandles.permuteArguments(
                reader.asType(reader.type().changeReturnType(Record.class)),
                methodType(Record.class, ByteSource.class),
                new int[sources]);
    }

    private MethodHandle writerOf(RecordComponent component) throws ReflectiveOperationException {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        MethodHandle get = LOOKUP.unreflect(accessor);
        Class<?> declared = component.getType();
        String name = DIRECT.get(declared);
        if (name != null) {
            MethodHandle put = LOOKUP.findVirtual(ByteSink.class, "put" + name, methodType(void.class, declared));
            return MethodHandles.filterArguments(put, 1, get.asType(methodType(declared, Object.class)));
        }
        MethodHandle put = LOOKUP.findVirtual(Slot.class, "write", methodType(void.class, ByteSink.class, Object.class))
                .bindTo(slotOf(component));
        return MethodHandles.filterArguments(put, 1, get.asType(methodType(Object.class, Object.class)));
    }

    private MethodHandle readerOf(RecordComponent component) throws ReflectiveOperationException {
        Class<?> declared = component.getType();
        String name = DIRECT.get(declared);
        if (name != null) {
            return LOOKUP.findVirtual(ByteSource.class, "get" + name, methodType(declared));
        }
        return LOOKUP.findVirtual(Slot.class, "read", methodType(Object.class, ByteSource.class))
                .bindTo(slotOf(component))
                .asType(methodType(declared, ByteSource.class));
    }
}
