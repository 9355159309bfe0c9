package org.goaway.internal.wire.form;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.BitSet;
import java.util.IntSummaryStatistics;
import java.util.LongSummaryStatistics;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.goaway.internal.wire.value.CorruptException;
import org.goaway.internal.wire.value.Tag;

/** Numbers and what holds them. */
final class JdkNumbers {

    private JdkNumbers() {}

    static void addTo(JdkValues values) {
        scalars(values);
        optionals(values);
        atomics(values);
    }

    private static void scalars(JdkValues values) {
        values.value(1, Byte.class, (w, v) -> w.number((long) v), r ->
                (byte) in(r.number(), Byte.MIN_VALUE, Byte.MAX_VALUE));
        values.value(2, Short.class, (w, v) -> w.number((long) v), r ->
                (short) in(r.number(), Short.MIN_VALUE, Short.MAX_VALUE));
        values.value(
                3, Character.class, (w, v) -> w.number((long) v), r -> (char) in(r.number(), 0, Character.MAX_VALUE));
        values.value(
                4,
                Float.class,
                (w, v) -> w.number((long) Float.floatToIntBits(v)),
                r -> Float.intBitsToFloat(Math.toIntExact(r.number())));
        values.value(
                5,
                BigInteger.class,
                (w, v) -> w.bytes(Tag.DETAIL, v.toByteArray()),
                r -> new BigInteger(r.bytes(Tag.DETAIL)));
        values.value(
                6,
                BigDecimal.class,
                (w, v) -> {
                    w.bytes(Tag.DETAIL, v.unscaledValue().toByteArray());
                    w.number((long) v.scale());
                },
                r -> new BigDecimal(new BigInteger(r.bytes(Tag.DETAIL)), Math.toIntExact(r.number())));
        values.value(7, MathContext.class, (w, v) -> w.text(v.toString()), r -> new MathContext(r.text()));
        values.value(
                8,
                UUID.class,
                (w, v) -> {
                    w.fixed(v.getMostSignificantBits());
                    w.fixed(v.getLeastSignificantBits());
                },
                r -> new UUID(r.fixed(), r.fixed()));
        values.object(
                9,
                BitSet.class,
                (w, v) -> w.bytes(Tag.DETAIL, v.toByteArray()),
                r -> BitSet.valueOf(r.bytes(Tag.DETAIL)));
    }

    private static long in(long value, long least, long most) {
        if (value < least || value > most) {
            throw new CorruptException(value + " is not between " + least + " and " + most);
        }
        return value;
    }

    private static void optionals(JdkValues values) {
        values.value(
                10,
                OptionalInt.class,
                (w, v) -> w.any(v.isPresent() ? v.getAsInt() : null),
                r -> r.any() instanceof Integer i ? OptionalInt.of(i) : OptionalInt.empty());
        values.value(
                11,
                OptionalLong.class,
                (w, v) -> w.any(v.isPresent() ? v.getAsLong() : null),
                r -> r.any() instanceof Long i ? OptionalLong.of(i) : OptionalLong.empty());
        values.value(
                12,
                OptionalDouble.class,
                (w, v) -> w.any(v.isPresent() ? v.getAsDouble() : null),
                r -> r.any() instanceof Double i ? OptionalDouble.of(i) : OptionalDouble.empty());
        values.object(
                13,
                IntSummaryStatistics.class,
                (w, v) -> {
                    w.number(v.getCount());
                    w.number((long) v.getMin());
                    w.number((long) v.getMax());
                    w.number(v.getSum());
                },
                r -> new IntSummaryStatistics(
                        r.number(), Math.toIntExact(r.number()), Math.toIntExact(r.number()), r.number()));
        values.object(
                14,
                LongSummaryStatistics.class,
                (w, v) -> {
                    w.number(v.getCount());
                    w.number(v.getMin());
                    w.number(v.getMax());
                    w.number(v.getSum());
                },
                r -> new LongSummaryStatistics(r.number(), r.number(), r.number(), r.number()));
    }

    private static void atomics(JdkValues values) {
        values.object(
                20,
                AtomicInteger.class,
                (w, v) -> w.number((long) v.get()),
                r -> new AtomicInteger(Math.toIntExact(r.number())));
        values.object(21, AtomicLong.class, (w, v) -> w.number(v.get()), r -> new AtomicLong(r.number()));
        values.object(
                22,
                AtomicBoolean.class,
                (w, v) -> w.number(v.get() ? 1L : 0L),
                r -> new AtomicBoolean(r.number() != 0));
        values.object(
                23,
                AtomicIntegerArray.class,
                (w, v) -> {
                    int[] copy = new int[v.length()];
                    for (int i = 0; i < copy.length; i++) {
                        copy[i] = v.get(i);
                    }
                    w.any(copy);
                },
                r -> new AtomicIntegerArray(r.as(int[].class)));
        values.object(
                24,
                AtomicLongArray.class,
                (w, v) -> {
                    long[] copy = new long[v.length()];
                    for (int i = 0; i < copy.length; i++) {
                        copy[i] = v.get(i);
                    }
                    w.any(copy);
                },
                r -> new AtomicLongArray(r.as(long[].class)));
        values.object(25, LongAdder.class, (w, v) -> w.number(v.sum()), r -> {
            LongAdder adder = new LongAdder();
            adder.add(r.number());
            return adder;
        });
        values.object(26, DoubleAdder.class, (w, v) -> w.any(v.sum()), r -> {
            DoubleAdder adder = new DoubleAdder();
            adder.add(r.as(Double.class));
            return adder;
        });
    }
}
