package org.goaway.internal.wire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.goaway.internal.wire.value.CorruptException;

/** The registered types, by id and by class. Filled by {@link MessageCodec.Builder}, then only read. */
final class MessageTypes {

    private final Map<Class<?>, Slot> scalars = new HashMap<>(Slot.builtIn());
    private final Map<Class<?>, RecordShape> shapes = new LinkedHashMap<>();
    private final Map<Class<?>, Slot> recurring = new HashMap<>();
    private final Map<Integer, Class<?>> ids = new HashMap<>();
    private RecordShape[] byId = {};

    void add(int id, Class<? extends Record> type) {
        claim(id, type);
        shapes.put(type, new RecordShape(id, type, this));
    }

    <T> void add(int id, Class<T> type, Slot slot) {
        claim(id, type);
        scalars.put(type, slot);
    }

    void recurs(Class<? extends Record> type) {
        // Each has a place of its own: counted twice, it would leave one to two types.
        if (recurring.putIfAbsent(type, new Slot.Recurring(shapeOf(type), recurring.size())) != null) {
            throw new IllegalArgumentException(type.getName() + " is said twice to recur");
        }
    }

    private void claim(int id, Class<?> type) {
        if (id < 0) {
            throw new IllegalArgumentException("the id of " + type.getName() + " is negative: " + id);
        }
        Class<?> other = ids.putIfAbsent(id, type);
        if (other != null) {
            throw new IllegalArgumentException(
                    "id " + id + " belongs to " + other.getName() + " and to " + type.getName());
        }
        if (shapes.containsKey(type) || scalars.containsKey(type)) {
            throw new IllegalArgumentException(type.getName() + " is registered twice");
        }
    }

    /** Ends the registration and checks it. */
    void freeze() {
        int highest = shapes.values().stream().mapToInt(RecordShape::id).max().orElse(-1);
        byId = new RecordShape[highest + 1];
        shapes.values().forEach(shape -> byId[shape.id()] = shape);
        shapes.values().forEach(RecordShape::check);
    }

    List<Class<? extends Record>> records() {
        return shapes.values().stream()
                .<Class<? extends Record>>map(RecordShape::type)
                .toList();
    }

    RecordShape shapeOf(Class<?> type) {
        RecordShape shape = shapes.get(type);
        if (shape == null) {
            throw new IllegalArgumentException(type.getName() + " is in no table of wire types; register it");
        }
        return shape;
    }

    RecordShape shapeOf(int id) {
        if (id < 0 || id >= byId.length || byId[id] == null) {
            throw new CorruptException("no message has the id " + id);
        }
        return byId[id];
    }

    /** The slot of a component's declared type, its type arguments included. */
    Slot slotOf(Type type, String where) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Class<?> raw = (Class<?>) generic.getRawType();
            if (raw == List.class || raw == Collection.class) {
                return new Slot.OfList(slotOf(arguments[0], where));
            } else if (raw == Set.class) {
                return new Slot.OfSet(slotOf(arguments[0], where));
            } else if (raw == Map.class) {
                return new Slot.OfMap(slotOf(arguments[0], where), slotOf(arguments[1], where));
            } else if (raw == Optional.class) {
                return new Slot.OfOptional(slotOf(arguments[0], where));
            }
        } else if (type instanceof Class<?> plain) {
            return slotOf(plain, where);
        }
        throw new IllegalArgumentException(where + " is of a type that messages cannot have: " + type);
    }

    private Slot slotOf(Class<?> type, String where) {
        Slot scalar = scalars.get(type);
        if (scalar != null) {
            return scalar;
        } else if (type.isEnum()) {
            return new Slot.OfEnum(type, List.of(type.getEnumConstants()));
        } else if (type.isInterface() && shapes.keySet().stream().anyMatch(type::isAssignableFrom)) {
            checkPermitted(type, where);
            return new Slot.OneOf(type, this);
        } else if (recurring.containsKey(type)) {
            return recurring.get(type);
        } else if (shapes.containsKey(type)) {
            return shapes.get(type);
        }
        throw new IllegalArgumentException(where + " is of a type that is not registered: " + type.getName());
    }

    /** Of a sealed interface every record must be registered, so that none is found missing at run time. */
    private void checkPermitted(Class<?> type, String where) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                if (permitted.isInterface()) {
                    checkPermitted(permitted, where);
                } else if (!shapes.containsKey(permitted)) {
                    throw new IllegalArgumentException(
                            where + " can be a " + permitted.getName() + ", which is not registered");
                }
            }
        }
    }
}
