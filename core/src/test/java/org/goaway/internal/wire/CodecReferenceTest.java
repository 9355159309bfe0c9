package org.goaway.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.goaway.NotTransferableException;
import org.goaway.internal.wire.Samples.Named;
import org.goaway.internal.wire.Samples.Node;
import org.junit.jupiter.api.Test;

class CodecReferenceTest {

    private static final class Member {
        final String name;
        Set<Member> club;

        Member(String name) {
            this.name = name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Member that && that.name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    /** Takes a key away from the map that it is in, when it is encoded. */
    private record Leaving(Map<String, Object> map, String key) {
        @SuppressWarnings("UnusedMethod") // called when it is encoded
        private Object writeReplace() {
            map.remove(key);
            return key;
        }
    }

    private final Codec codec = new Codec(getClass().getClassLoader(), handle -> handle);

    @SuppressWarnings("unchecked")
    private <T> T copy(T value) {
        return (T) codec.decode(codec.encode(value));
    }

    @Test
    void shouldKeepARing() {
        Node first = new Node(1);
        first.next = new Node(2);
        first.next.next = first;

        Node copy = copy(first);

        assertThat(copy.next.value).isEqualTo(2);
        assertThat(copy.next.next).isSameAs(copy);
    }

    @Test
    void shouldKeepWhatIsShared() {
        int[] shared = {1};
        List<Integer> inner = new ArrayList<>(List.of(1));

        Object[] copy = copy(new Object[] {shared, shared, inner, List.of(inner)});

        assertThat(copy[1]).isSameAs(copy[0]);
        assertThat(((List<?>) copy[3]).get(0)).isSameAs(copy[2]);
    }

    @Test
    void shouldKeepCollectionsThatContainThemselves() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        Map<String, Object> map = new HashMap<>();
        map.put("self", map);

        List<Object> listCopy = copy(list);
        Map<String, Object> mapCopy = copy(map);

        assertThat(listCopy.get(0)).isSameAs(listCopy);
        assertThat(mapCopy.get("self")).isSameAs(mapCopy);
    }

    /** Hashes of elements that are not whole yet would put them into the wrong place. */
    @Test
    void shouldFillASetOnceItsElementsAreWhole() {
        Member member = new Member("m");
        member.club = new HashSet<>(Set.of(member, new Member("n")));

        Member copy = copy(List.of(member)).get(0);

        assertThat(copy.club).contains(copy, new Member("n"));
    }

    @Test
    void shouldCarryAMapThatChangesMeanwhileAsItWas() {
        Map<String, Object> map = new ConcurrentHashMap<>();
        map.put("b", 1);
        map.put("a", new Leaving(map, "b"));

        assertThat(copy(map)).isEqualTo(Map.of("a", "b", "b", 1));
        assertThat(map).containsOnlyKeys("a");
    }

    @Test
    void shouldRefuseARecordThatContainsItself() {
        List<Object> list = new ArrayList<>();
        Named<Object> record = new Named<>(list);
        list.add(record);

        assertThatThrownBy(() -> codec.encode(record))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContaining("refers to itself")
                .hasMessageContaining("Named.value -> [0]");
    }

    @Test
    void shouldCarryAChainOfAHundredThousand() {
        Node first = new Node(0);
        Node last = first;
        for (int i = 1; i < 100_000; i++) {
            last.next = new Node(i);
            last = last.next;
        }

        Node copy = copy(first);

        int length = 0;
        for (Node each = copy; each != null; each = each.next) {
            assertThat(each.value).isEqualTo(length++);
        }
        assertThat(length).isEqualTo(100_000);
    }

    @Test
    void shouldRefuseAChainThatNoStackIsEnoughFor() {
        Node first = null;
        for (int i = 0; i < 300_000; i++) {
            Node node = new Node(i);
            node.next = first;
            first = node;
        }
        Node chain = first;

        assertThatThrownBy(() -> codec.encode(chain))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContaining("nested deeper than");
    }

    @Test
    void shouldCarryLargeArrays() {
        long[] numbers = new long[2_000_000];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (long) i * i;
        }
        String[] texts = new String[200_000];
        Arrays.fill(texts, "text");

        assertThat(copy(numbers)).isEqualTo(numbers);
        assertThat(copy(texts)).isEqualTo(texts);
    }
}
