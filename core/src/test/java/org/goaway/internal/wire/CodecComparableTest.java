package org.goaway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.goaway.internal.wire.Samples.Colour;
import org.goaway.internal.wire.Samples.Keyed;
import org.goaway.internal.wire.Samples.Named;
import org.goaway.internal.wire.Samples.Point;
import org.junit.jupiter.api.Test;

class CodecComparableTest {

    private final Codec codec = new Codec(getClass().getClassLoader(), handle -> handle);

    private void assertEqualBytes(Object a, Object b) {
        assertThat(a).isEqualTo(b);
        assertThat(codec.encodeStored(a)).isEqualTo(codec.encodeStored(b));
        assertThat(new Codec(getClass().getClassLoader(), handle -> handle).encodeStored(a))
                .isEqualTo(codec.encodeStored(b));
    }

    @Test
    void shouldEncodeEqualValuesEqually() {
        assertEqualBytes(new String("text".toCharArray()), "text");
        assertEqualBytes(Double.NaN, Double.longBitsToDouble(0x7ff8000000000001L));
        assertEqualBytes(Double.valueOf(128), 128.0);
        assertEqualBytes(new Point(1, 2), new Point(1, 2));
        assertEqualBytes(new BigDecimal("1.5"), new BigDecimal("15e-1"));
        assertEqualBytes(new UUID(1, 2), new UUID(1, 2));
        assertEqualBytes(Instant.ofEpochMilli(5), Instant.ofEpochSecond(0, 5_000_000));
        assertEqualBytes(List.of(1, 2, 3).subList(0, 2), List.of(1, 2));
        assertEqualBytes(new Named<>(Colour.GREEN), new Named<>(Colour.GREEN));
        assertEqualBytes(new double[] {1, Double.NaN}, new double[] {1, Double.longBitsToDouble(0x7ff8000000000001L)});
    }

    /** A stored list of one record twice equals that of two equal records: identity must not show. */
    @Test
    void shouldNotShowWhatIsShared() {
        Point shared = new Point(1, 2);
        int[] array = {1};

        assertEqualBytes(List.of(shared, shared), List.of(new Point(1, 2), new Point(1, 2)));
        assertThat(codec.encodeStored(new Object[] {array, array}))
                .isEqualTo(codec.encodeStored(new Object[] {array.clone(), array.clone()}));
        assertEqualBytes(new Named<>(List.of(shared, shared)), new Named<>(List.of(new Point(1, 2), shared)));
    }

    @Test
    void shouldOrderSetsAndMapsByTheirElements() {
        List<Object> elements = new ArrayList<>(
                List.of("a", 5, Colour.RED, Colour.GREEN, new Point(1, 2), new UUID(3, 4), Instant.EPOCH, 'c', 7L));
        Set<Object> first = new HashSet<>(elements);
        Map<Object, Object> firstMap = new HashMap<>();
        elements.forEach(each -> firstMap.put(each, "v"));
        Collections.reverse(elements);
        Set<Object> second = new HashSet<>(1000);
        second.addAll(elements);
        Map<Object, Object> secondMap = new HashMap<>(1000);
        elements.forEach(each -> secondMap.put(each, "v"));

        assertEqualBytes(first, second);
        assertEqualBytes(firstMap, secondMap);
        assertEqualBytes(new HashSet<>(List.of("b", "a", "c")), new HashSet<>(List.of("c", "b", "a")));
    }

    @Test
    void shouldTellWhichKindsCanBeCompared() {
        assertThat(List.of(
                        1,
                        "a",
                        1.5,
                        Colour.RED,
                        new Point(1, 2),
                        new int[1],
                        List.of(List.of(1)),
                        ZoneId.of("UTC"),
                        new Object[] {1, "a", null},
                        new Named<>(List.of(1)),
                        Arrays.asList(1, null)))
                .allMatch(codec::comparable);
        assertThat(codec.comparable(null)).isTrue();
        assertThat(List.of(
                        new Object(),
                        new Keyed("k"),
                        Set.of(1),
                        Map.of(),
                        new Named<>(new Keyed("k")),
                        List.of(new StringBuilder()),
                        new ArrayList<>() {}))
                .noneMatch(codec::comparable);
    }

    @Test
    void shouldNotLookThroughWhatHasNoEnd() {
        List<Object> circle = new ArrayList<>();
        circle.add(circle);

        assertThat(codec.comparable(circle)).isFalse();
        assertThat(codec.decode(codec.encodeStored(circle))).isInstanceOf(ArrayList.class);
    }
}
