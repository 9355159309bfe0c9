package org.goaway.internal.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.goaway.internal.wire.value.CorruptException;

/** How the values of one type, null among them, are written and read. Each takes one byte at least. Immutable. */
interface Slot {

    void write(ByteSink sink, Object value);

    Object read(ByteSource source);

    /** A type without a null of its own, after a byte that tells whether there is one. */
    record Boxed<T>(BiConsumer<ByteSink, T> put, Function<ByteSource, T> get) implements Slot {
        @Override
        @SuppressWarnings("unchecked") // the component's declared type is T
        public void write(ByteSink sink, Object value) {
            sink.putBoolean(value != null);
            if (value != null) {
                put.accept(sink, (T) value);
            }
        }

        @Override
        public Object read(ByteSource source) {
            return source.getBoolean() ? get.apply(source) : null;
        }
    }

    /** A type that writes its own null. */
    record Nullable<T>(BiConsumer<ByteSink, T> put, Function<ByteSource, T> get) implements Slot {
        @Override
        @SuppressWarnings("unchecked") // the component's declared type is T
        public void write(ByteSink sink, Object value) {
            put.accept(sink, (T) value);
        }

        @Override
        public Object read(ByteSource source) {
            return get.apply(source);
        }
    }

    /** An enum, by position: all members run the same GoAway. */
    record OfEnum(Class<?> type, List<?> constants) implements Slot {
        @Override
        @SuppressWarnings("EnumOrdinal") // the reader has the same constants
        public void write(ByteSink sink, Object value) {
            sink.putCount(value == null ? 0 : ((Enum<?>) value).ordinal() + 1);
        }

        @Override
        public Object read(ByteSource source) {
            int position = source.getCount() - 1;
            if (position < -1 || position >= constants.size()) {
                throw new CorruptException(type.getName() + " has no constant at " + position);
            }
            return position < 0 ? null : constants.get(position);
        }
    }

    /** A list; read as one that cannot be changed. */
    record OfList(Slot element) implements Slot {
        @Override
        public void write(ByteSink sink, Object value) {
            writeAll(sink, (Collection<?>) value, element);
        }

        @Override
        public Object read(ByteSource source) {
            int size = source.getSize();
            if (size < 0) {
                return null;
            }
            List<Object> list = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                list.add(element.read(source));
            }
            return Collections.unmodifiableList(list);
        }
    }

    /** A set in the order of its iteration; read as one that cannot be changed. */
    record OfSet(Slot element) implements Slot {
        @Override
        public void write(ByteSink sink, Object value) {
            writeAll(sink, (Collection<?>) value, element);
        }

        @Override
        public Object read(ByteSource source) {
            int size = source.getSize();
            if (size < 0) {
                return null;
            }
            Set<Object> set = new LinkedHashSet<>();
            for (int i = 0; i < size; i++) {
                set.add(element.read(source));
            }
            return Collections.unmodifiableSet(set);
        }
    }

    /** A map in the order of its iteration; read as one that cannot be changed. */
    record OfMap(Slot key, Slot value) implements Slot {
        @Override
        public void write(ByteSink sink, Object object) {
            Map<?, ?> map = (Map<?, ?>) object;
            sink.putCount(map == null ? 0 : map.size() + 1);
            if (map != null) {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    key.write(sink, entry.getKey());
                    value.write(sink, entry.getValue());
                }
            }
        }

        @Override
        public Object read(ByteSource source) {
            int size = source.getSize();
            if (size < 0) {
                return null;
            }
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                Object k = key.read(source);
                map.put(k, value.read(source));
            }
            return Collections.unmodifiableMap(map);
        }
    }

    /** An optional: null, empty or a value. */
    record OfOptional(Slot element) implements Slot {
        @Override
        public void write(ByteSink sink, Object value) {
            Optional<?> optional = (Optional<?>) value;
            sink.putByte((byte) (optional == null ? 0 : optional.isEmpty() ? 1 : 2));
            if (optional != null && optional.isPresent()) {
                element.write(sink, optional.get());
            }
        }

        @Override
        public Object read(ByteSource source) {
            return switch (source.getByte()) {
                case 0 -> null;
                case 1 -> Optional.empty();
                case 2 -> Optional.of(element.read(source));
                default -> throw new CorruptException("an optional that is neither null, empty nor present");
            };
        }
    }

    /**
     * A record that is mostly the same as the last one of its type in the message: then it takes a byte and is read as that
     * very object.
     *
     * @param place where sink and source remember the last one
     */
    record Recurring(RecordShape shape, int place) implements Slot {
        @Override
        public void write(ByteSink sink, Object value) {
            if (value == null) {
                sink.putByte((byte) 0);
            } else if (value.equals(sink.last(place))) {
                sink.putByte((byte) 2);
            } else {
                sink.putByte((byte) 1);
                shape.writeComponents(sink, value);
                sink.remember(place, value);
            }
        }

        @Override
        public Object read(ByteSource source) {
            return switch (source.getByte()) {
                case 0 -> null;
                case 1 -> source.remember(place, shape.readComponents(source));
                case 2 -> source.last(place);
                default -> throw new CorruptException("a record that is neither null, new nor the last one");
            };
        }
    }

    /** One of several records, after the id of its type. */
    record OneOf(Class<?> type, MessageTypes types) implements Slot {
        @Override
        public void write(ByteSink sink, Object value) {
            if (value == null) {
                sink.putCount(0);
            } else {
                RecordShape shape = types.shapeOf(value.getClass());
                sink.putCount(shape.id() + 1);
                shape.writeComponents(sink, value);
            }
        }

        @Override
        public Object read(ByteSource source) {
            int id = source.getCount() - 1;
            if (id == -1) {
                return null;
            }
            RecordShape shape = types.shapeOf(id);
            if (!type.isAssignableFrom(shape.type())) {
                throw new CorruptException(shape.type().getName() + " in the place of a " + type.getName());
            }
            return shape.readComponents(source);
        }
    }

    private static void writeAll(ByteSink sink, Collection<?> values, Slot element) {
        sink.putCount(values == null ? 0 : values.size() + 1);
        if (values != null) {
            for (Object value : values) {
                element.write(sink, value);
            }
        }
    }

    /** The slots of the types that need no registration. */
    static Map<Class<?>, Slot> builtIn() {
        Map<Class<?>, Slot> slots = new LinkedHashMap<>();
        slots.put(Boolean.class, new Boxed<>(ByteSink::putBoolean, ByteSource::getBoolean));
        slots.put(Byte.class, new Boxed<>(ByteSink::putByte, ByteSource::getByte));
        slots.put(Short.class, new Boxed<>(ByteSink::putShort, ByteSource::getShort));
        slots.put(Character.class, new Boxed<>(ByteSink::putChar, ByteSource::getChar));
        slots.put(Integer.class, new Boxed<>(ByteSink::putInt, ByteSource::getInt));
        slots.put(Long.class, new Boxed<>(ByteSink::putLong, ByteSource::getLong));
        slots.put(Float.class, new Boxed<>(ByteSink::putFloat, ByteSource::getFloat));
        slots.put(Double.class, new Boxed<>(ByteSink::putDouble, ByteSource::getDouble));
        slots.put(String.class, new Nullable<>(ByteSink::putString, ByteSource::getString));
        slots.put(byte[].class, new Nullable<>(ByteSink::putBytes, ByteSource::getBytes));
        return slots;
    }
}
