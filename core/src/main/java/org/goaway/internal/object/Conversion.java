package org.goaway.internal.object;

import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.goaway.WrongTypeException;

/** Gives a value as the type that the caller asks for: the value itself, or a number without loss. Pure. */
final class Conversion {

    private static final Map<Class<?>, Function<BigDecimal, Number>> EXACT = Map.of(
            Byte.class, BigDecimal::byteValueExact,
            Short.class, BigDecimal::shortValueExact,
            Integer.class, BigDecimal::intValueExact,
            Long.class, BigDecimal::longValueExact,
            Float.class, Conversion::exactFloat,
            Double.class, Conversion::exactDouble,
            BigInteger.class, BigDecimal::toBigIntegerExact,
            BigDecimal.class, number -> number);

    private Conversion() {}

    /**
     * @param value not null
     * @param where names the field, for the message
     * @throws WrongTypeException if it is no {@code type}, or a number that does not fit
     */
    @SuppressWarnings("unchecked") // the value is an instance of the type's wrapper
    static <T> T to(Class<T> type, Object value, Supplier<String> where) {
        if (type.isInstance(value)) {
            return (T) value; // most reads; the rest allocates
        }
        Class<?> wanted = MethodType.methodType(type).wrap().returnType();
        if (wanted.isInstance(value)) {
            return (T) value;
        }
        if (value instanceof Number number && EXACT.containsKey(wanted) && EXACT.containsKey(value.getClass())) {
            return (T) number(wanted, number, where);
        }
        throw new WrongTypeException(where.get() + " holds a "
                + value.getClass().getName() + ", not a " + wanted.getName() + ": ask for the type that was set");
    }

    /** The type to ask for when {@code otherwise} stands in for an absent value: collections match by interface. */
    static Class<?> typeOf(Object otherwise) {
        if (otherwise instanceof List) {
            return List.class;
        } else if (otherwise instanceof Set) {
            return Set.class;
        } else if (otherwise instanceof Map) {
            return Map.class;
        }
        return otherwise instanceof Enum<?> constant ? constant.getDeclaringClass() : otherwise.getClass();
    }

    private static Number number(Class<?> wanted, Number number, Supplier<String> where) {
        double asDouble = number.doubleValue();
        boolean floating = number instanceof Double || number instanceof Float;
        if (floating && !Double.isFinite(asDouble)) {
            if (wanted == Double.class) {
                return asDouble;
            } else if (wanted == Float.class) {
                return number.floatValue();
            }
        } else {
            try {
                return EXACT.get(wanted).apply(floating ? new BigDecimal(asDouble) : new BigDecimal(number.toString()));
            } catch (ArithmeticException lossy) {
                // told below
            }
        }
        throw new WrongTypeException(
                where.get() + " holds the " + number.getClass().getName() + " " + number + ", which a "
                        + wanted.getName() + " cannot hold without loss");
    }

    private static Float exactFloat(BigDecimal number) {
        return (float) exact(number, number.floatValue());
    }

    private static Double exactDouble(BigDecimal number) {
        return exact(number, number.doubleValue());
    }

    private static double exact(BigDecimal number, double nearest) {
        if (!Double.isFinite(nearest) || new BigDecimal(nearest).compareTo(number) != 0) {
            throw new ArithmeticException("lossy");
        }
        return nearest;
    }
}
