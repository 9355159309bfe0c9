package org.goaway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.goaway.NotTransferableException;
import org.junit.jupiter.api.Test;

/** Unmodifiable and synchronized views look things up as what is behind them does. */
class CodecViewTest {

    private final Codec codec = new Codec(getClass().getClassLoader(), handle -> handle);

    @SuppressWarnings("unchecked")
    private <T> T copy(T value) {
        T copy = (T) codec.decode(codec.encode(value));
        assertThat(copy.getClass()).isSameAs(value.getClass());
        return copy;
    }

    private static SortedMap<String, Integer> folded() {
        SortedMap<String, Integer> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        map.put("Length", 1);
        return map;
    }

    @Test
    void shouldKeepTheComparatorBehindAMap() {
        assertThat(copy(Collections.unmodifiableMap(folded()))).containsEntry("LENGTH", 1);
        assertThat(copy(copy(Collections.synchronizedMap(folded())))).containsEntry("LENGTH", 1);
        assertThat(copy(Collections.unmodifiableMap(new ConcurrentSkipListMap<>(folded()))))
                .containsEntry("LENGTH", 1);
        assertThat(copy(HttpHeaders.of(Map.of("Length", List.of("1")), (name, value) -> true)
                        .map()))
                .containsEntry("LENGTH", List.of("1"));
    }

    @Test
    void shouldKeepTheComparatorBehindASet() {
        Set<String> folded = folded().keySet();

        assertThat(copy(Collections.unmodifiableSet(folded)).contains("LENGTH")).isTrue();
        assertThat(copy(Collections.synchronizedSet(folded)).contains("LENGTH")).isTrue();
    }

    @Test
    void shouldKeepNaturalOrderBehindAView() {
        Set<BigDecimal> numbers = new TreeSet<>(Set.of(new BigDecimal("2"), new BigDecimal("1.50")));

        Set<BigDecimal> copy = copy(copy(Collections.synchronizedSet(numbers)));

        assertThat(copy.contains(new BigDecimal("1.5"))).isTrue();
        copy.add(new BigDecimal("1"));
        assertThat(copy).containsExactly(new BigDecimal("1"), new BigDecimal("1.50"), new BigDecimal("2"));
    }

    @Test
    void shouldRefuseAComparatorThatCannotTravel() {
        Map<String, Integer> byLength = new TreeMap<>(Comparator.comparing(String::length));

        assertThatThrownBy(() -> codec.encode(Collections.unmodifiableMap(byLength)))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContaining("at: value -> comparator; ");
    }

    @Test
    @SuppressWarnings({"IdentityHashMapUsage", "StringOperationCanBeSimplified"}) // what is tested
    void shouldRefuseWhatTellsApartWhatIsEqual() {
        Map<String, Integer> map = new IdentityHashMap<>();
        map.put("a", 1);
        assertThat(copy(Collections.unmodifiableMap(map))).isEqualTo(Map.of("a", 1));
        map.put(new String("a"), 2);
        Set<String> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(map.keySet());

        assertThatThrownBy(() -> codec.encode(Collections.unmodifiableMap(map)))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContaining("cannot ship a java.util.Collections$UnmodifiableMap at: value; ")
                .hasMessageContaining("tells apart what is equal");
        assertThatThrownBy(() -> codec.encode(Collections.synchronizedSet(set)))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContaining("tells apart what is equal");
    }
}
