package org.goaway.internal.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes messages of every type of a table from a seed, so that no type is forgotten when one is added. Types that are not
 * records come from the makers that a test gives.
 */
public final class MessageSamples {

    private static final int MAX_DEPTH = 4;
    private static final int TRIES = 200;

    private final List<Class<? extends Record>> records;
    private final Map<Class<?>, Function<Random, ?>> makers;
    private final Random random;

    public MessageSamples(MessageCodec codec, Map<Class<?>, Function<Random, ?>> makers, long seed) {
        this.records = codec.records();
        this.makers = makers;
        this.random = new Random(seed);
    }

    /** Some messages of {@code type}, differing in what is null, empty and large. */
    public List<Record> of(Class<? extends Record> type, int count) {
        List<Record> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            samples.add((Record) value(type, 0));
        }
        return samples;
    }

    /** Constructors may refuse nulls or ranges: then others are tried. */
    private Record record(Class<?> type, int depth) {
        RecordComponent[] components = type.getRecordComponents();
        RuntimeException last = null;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try {
                Class<?>[] types = new Class<?>[components.length];
                Object[] values = new Object[components.length];
                for (int i = 0; i < components.length; i++) {
                    types[i] = components[i].getType();
                    boolean endless = types[i] == type && depth > MAX_DEPTH;
                    boolean absent = endless || (attempt < TRIES / 2 && random.nextInt(6) == 0);
                    values[i] =
                            absent && !types[i].isPrimitive() ? null : value(components[i].getGenericType(), depth + 1);
                }
                Constructor<?> constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return (Record) constructor.newInstance(values);
            } catch (ReflectiveOperationException | RuntimeException e) {
                last = new IllegalStateException("no sample of " + type.getName() + " can be made", e);
            }
        }
        throw last;
    }

    private Object value(Type type, int depth) {
        int many = depth > MAX_DEPTH ? 0 : random.nextInt(4);
        if (type instanceof ParameterizedType generic) {
            return container(generic, depth, many);
        }
        Class<?> plain = (Class<?>) type;
        if (makers.containsKey(plain)) {
            return makers.get(plain).apply(random);
        } else if (plain.isEnum()) {
            return plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
        } else if (plain.isRecord()) {
            return record(plain, depth);
        } else if (plain.isInterface()) {
            List<Class<? extends Record>> fitting = records.stream()
                    .filter(plain::isAssignableFrom)
                    .filter(record -> depth <= MAX_DEPTH || isLeaf(plain, record))
                    .toList();
            return record(fitting.get(random.nextInt(fitting.size())), depth);
        }
        return scalar(plain);
    }

    /** Whether a sample of {@code record} ends there; where no type of an interface does, any will do. */
    private boolean isLeaf(Class<?> type, Class<?> record) {
        return records.stream().filter(type::isAssignableFrom).noneMatch(MessageSamples::hasOnlyScalars)
                || hasOnlyScalars(record);
    }

    private static boolean hasOnlyScalars(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getType)
                .allMatch(type -> type.isPrimitive() || type == String.class);
    }

    private Object container(ParameterizedType generic, int depth, int many) {
        Type[] arguments = generic.getActualTypeArguments();
        Class<?> raw = (Class<?>) generic.getRawType();
        if (raw == Map.class) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < many; i++) {
                map.put(value(arguments[0], depth + 1), value(arguments[1], depth + 1));
            }
            return map;
        } else if (raw == Optional.class) {
            return many == 0 ? Optional.empty() : Optional.of(value(arguments[0], depth + 1));
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            list.add(value(arguments[0], depth + 1));
        }
        return raw == Set.class ? new LinkedHashSet<>(list) : list;
    }

    private Object scalar(Class<?> type) {
        long number = random.nextLong() >> random.nextInt(64);
        if (type == long.class || type == Long.class) {
            return random.nextInt(3) == 0 ? Math.abs(number >> 1) : number;
        } else if (type == int.class || type == Integer.class) {
            return random.nextBoolean() ? (int) number : random.nextInt(100);
        } else if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        } else if (type == String.class) {
            return random.nextInt(8) == 0 ? "\u00e4\u20ac".repeat(random.nextInt(60)) : "n" + number;
        } else if (type == byte[].class) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            return bytes;
        } else if (type == double.class || type == Double.class) {
            return random.nextDouble();
        } else if (type == float.class || type == Float.class) {
            return random.nextFloat();
        } else if (type == short.class || type == Short.class) {
            return (short) number;
        } else if (type == byte.class || type == Byte.class) {
            return (byte) number;
        } else if (type == char.class || type == Character.class) {
            return (char) number;
        }
        throw new IllegalArgumentException("give a maker of " + type.getName());
    }
}
