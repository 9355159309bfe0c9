package org.goaway.internal.wire.form;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.goaway.internal.wire.value.Accessors;

/**
 * The kinds of values whose encodings are equal when they are: scalars, strings, enums, java.time, UUIDs, and records,
 * arrays and lists of these.
 */
public final class Comparables {

    /** Larger values are not looked through. */
    private static final int MOST_PARTS = 100_000;

    /** Deeper values are not looked through, and what refers to itself has no end. */
    private static final int MOST_LEVELS = 100;

    private static final Set<Class<?>> SCALARS = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Character.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            String.class,
            UUID.class,
            BigInteger.class,
            BigDecimal.class);

    private int parts;

    private Comparables() {}

    /** Whether {@code value}, null included, is of these kinds through and through. */
    public static boolean comparable(Object value) {
        return new Comparables().all(value, 0);
    }

    private boolean all(Object value, int level) {
        if (value == null || SCALARS.contains(value.getClass()) || value instanceof Enum<?>) {
            return true;
        }
        Class<?> type = value.getClass();
        if (isTime(type)) {
            return true;
        } else if (type.isArray() && type.getComponentType().isPrimitive()) {
            return true;
        } else if (level == MOST_LEVELS) {
            return false;
        } else if (value instanceof Object[] array) {
            return each(List.of(), array, level);
        } else if (value instanceof List<?> list) {
            return CollectionKind.of(type) != null && each(list, null, level);
        }
        return type.isRecord() && components(type, value, level);
    }

    private static boolean isTime(Class<?> type) {
        return type.getPackageName().equals("java.time")
                && (TemporalAccessor.class.isAssignableFrom(type)
                        || TemporalAmount.class.isAssignableFrom(type)
                        || java.time.ZoneId.class.isAssignableFrom(type));
    }

    private boolean each(List<?> list, Object[] array, int level) {
        for (Object element : array == null ? list.toArray() : array) {
            if (++parts > MOST_PARTS || !all(element, level + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean components(Class<?> type, Object value, int level) {
        if (Accessors.isJdk(type) || Accessors.replacement(type, "writeReplace") != null) {
            return false;
        }
        try {
            for (RecordComponent component : type.getRecordComponents()) {
                if (component.getType().isPrimitive()) {
                    continue;
                }
                component.getAccessor().setAccessible(true);
                if (++parts > MOST_PARTS || !all(component.getAccessor().invoke(value), level + 1)) {
                    return false;
                }
            }
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            // writing it will say why it cannot be read
            return false;
        }
    }
}
