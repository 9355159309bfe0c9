package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.goaway.WrongTypeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConversionTest {

    static Stream<Arguments> lossless() {
        return Stream.of(
                Arguments.of(5, Long.class, 5L),
                Arguments.of(5L, int.class, 5),
                Arguments.of(5L, Byte.class, (byte) 5),
                Arguments.of((short) 5, Double.class, 5d),
                Arguments.of(5d, Integer.class, 5),
                Arguments.of(0.5f, Double.class, 0.5d),
                Arguments.of(0.5d, Float.class, 0.5f),
                Arguments.of(1L << 53, Double.class, 9007199254740992d),
                Arguments.of(Double.NaN, Float.class, Float.NaN),
                Arguments.of(7, BigInteger.class, BigInteger.valueOf(7)),
                Arguments.of(new BigDecimal("2.50"), Double.class, 2.5d),
                Arguments.of("text", String.class, "text"),
                Arguments.of("text", Object.class, "text"),
                Arguments.of(List.of(1), List.class, List.of(1)));
    }

    @ParameterizedTest
    @MethodSource
    void lossless(Object value, Class<?> type, Object expected) {
        assertThat((Object) Conversion.to(type, value, () -> "it")).isEqualTo(expected);
    }

    static Stream<Arguments> lossy() {
        return Stream.of(
                Arguments.of(300, Byte.class),
                Arguments.of(1L << 40, Integer.class),
                Arguments.of((1L << 53) + 1, Double.class),
                Arguments.of(0.1d, Float.class),
                Arguments.of(1.5d, Long.class),
                Arguments.of(Double.POSITIVE_INFINITY, Long.class),
                Arguments.of(1e300, Float.class),
                Arguments.of("5", Long.class),
                Arguments.of(5, String.class),
                Arguments.of('c', Integer.class),
                Arguments.of(List.of(), Map.class));
    }

    @ParameterizedTest
    @MethodSource
    void lossy(Object value, Class<?> type) {
        assertThatThrownBy(() -> Conversion.to(type, value, () -> "field 'f' of Weak 'w'"))
                .isInstanceOf(WrongTypeException.class)
                .hasMessageContaining("field 'f' of Weak 'w'")
                .hasMessageContaining(value.getClass().getName())
                .hasMessageContaining(type.getName());
    }

    static Stream<Arguments> typeOfOtherwise() {
        return Stream.of(
                Arguments.of(new ArrayList<>(), List.class),
                Arguments.of(new TreeSet<>(), java.util.Set.class),
                Arguments.of(new LinkedHashMap<>(), Map.class),
                Arguments.of(TimeUnit.DAYS, TimeUnit.class),
                Arguments.of(1L, Long.class));
    }

    @ParameterizedTest
    @MethodSource
    void typeOfOtherwise(Object otherwise, Class<?> expected) {
        assertThat((Object) Conversion.typeOf(otherwise)).isEqualTo(expected);
    }
}
