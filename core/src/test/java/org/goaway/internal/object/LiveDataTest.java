package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.goaway.Held;
import org.goaway.NotTransferableException;
import org.junit.jupiter.api.Test;

/** What a section changes in place in what it got. */
class LiveDataTest extends LiveSections {

    /** A plain object of a program. */
    static class Node {
        String name;
        double weight;
        Node next;
        List<Object> parts = new ArrayList<>();

        Node(String name) {
            this.name = name;
        }
    }

    /** One with a field more. */
    static final class Leaf extends Node {
        int[] numbers = {1, 2, 3};

        Leaf(String name) {
            super(name);
        }
    }

    enum Colour {
        RED,
        GREEN
    }

    record Point(int x, List<Integer> more) {}

    @Test
    void shouldSendWhatASectionChangedInACollection() {
        set(new ArrayList<>(List.of(1, 2, 3)));
        this.<List<Object>>change(list -> {
            list.add(0, "first");
            list.remove((Integer) 2);
            list.add(new HashMap<>(Map.of("k", 1)));
        });
        assertThat(here.get("x")).isEqualTo(List.of("first", 1, 3, Map.of("k", 1)));
        this.<List<Object>>change(list -> {
            @SuppressWarnings("unchecked")
            Map<String, Object> map = (Map<String, Object>) list.get(3);
            map.put("deep", new TreeMap<>(Map.of("a", 1.5)));
            map.remove("k");
        });
        assertThat(here.get("x")).isEqualTo(List.of("first", 1, 3, Map.of("deep", Map.of("a", 1.5))));
        this.<List<Object>>change(List::clear);
        assertThat(here.get("x")).isEqualTo(List.of());
    }

    @Test
    void shouldSendWhatASectionChangedInArrays() {
        set(new double[] {1, 2, 3});
        this.<double[]>change(array -> array[1] = -0.0);
        assertThat((double[]) here.get("x")).containsExactly(1, -0.0, 3);
        set(new Object[] {"a", new int[] {1, 2}, new String[][] {{"p"}, {"q", null}}});
        this.<Object[]>change(array -> {
            ((int[]) array[1])[1] = 7;
            ((String[][]) array[2])[1][1] = "r";
            array[0] = Colour.GREEN;
        });
        Object[] expected = {Colour.GREEN, new int[] {1, 7}, new String[][] {{"p"}, {"q", "r"}}};
        assertThat(Arrays.deepEquals((Object[]) here.get("x"), expected)).isTrue();
    }

    @Test
    void shouldSendWhatASectionChangedInObjectsThatShareAndReferToThemselves() {
        Node first = new Node("first");
        Leaf leaf = new Leaf("leaf");
        first.next = leaf;
        leaf.next = first;
        first.parts.add(leaf);
        first.parts.add(Colour.RED);
        set(first);
        this.<Node>change(node -> {
            node.weight = Double.NaN;
            node.name = null;
            ((Leaf) node.next).numbers[2] = 9;
            node.parts.set(1, new Point(1, new ArrayList<>(List.of(2))));
        });
        Node seen = here.get("x", Node.class);
        assertThat(seen.weight).isNaN();
        assertThat(seen.name).isNull();
        assertThat(seen.next.next).isSameAs(seen);
        assertThat(seen.parts.get(0)).isSameAs(seen.next);
        assertThat(((Leaf) seen.next).numbers).containsExactly(1, 2, 9);
        this.<Node>change(node -> ((Point) node.parts.get(1)).more().add(3));
        assertThat(here.get("x", Node.class).parts.get(1)).isEqualTo(new Point(1, List.of(2, 3)));
    }

    @Test
    void shouldCarryADeepChange() {
        List<Object> innermost = new ArrayList<>();
        Object nested = innermost;
        for (int i = 0; i < 10; i++) {
            nested = i % 2 == 0 ? new HashMap<>(Map.of("in", nested)) : new ArrayList<>(List.of(nested));
        }
        set(nested);
        change(value -> {
            Object inner = value;
            for (int i = 0; i < 10; i++) {
                inner = inner instanceof Map<?, ?> map ? map.get("in") : ((List<?>) inner).get(0);
            }
            @SuppressWarnings("unchecked")
            List<Object> list = (List<Object>) inner;
            list.add("here");
        });
        assertThat(here.get("x").toString()).contains("here");
    }

    @Test
    void shouldNotTakeAnotherOrderOfASetForAChange() {
        Set<Node> set = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            set.add(new Node("n" + i));
        }
        set(set);
        List<Object> told = new ArrayList<>();
        here.onChange("x", told::add);
        change(value -> assertThat((Set<?>) value).hasSize(50));
        this.<Set<Node>>change(nodes -> nodes.add(new Node("more")));
        assertThat((Set<?>) here.get("x")).hasSize(51);
        long before = nodes.node(0)
                .protocols
                .release()
                .replica()
                .version(new org.goaway.protocol.ObjectId(org.goaway.protocol.ObjectId.Kind.RELEASE, "r"));
        change(value -> {});
        here.acquire();
        assertThat(nodes.node(0)
                        .protocols
                        .release()
                        .replica()
                        .version(new org.goaway.protocol.ObjectId(org.goaway.protocol.ObjectId.Kind.RELEASE, "r")))
                .isEqualTo(before);
        here.release();
    }

    @Test
    void shouldShowASectionItsOwnChangesAndOthersNothingBefore() {
        set(new ArrayList<>(List.of(1)));
        List<Integer> old = cast(here.get("x"));
        try (Held held = here.acquire()) {
            List<Integer> list = cast(here.get("x"));
            list.add(2);
            assertThat(here.get("x")).isSameAs(list);
            assertThat(old).containsExactly(1);
        }
        assertThat(here.get("x")).isEqualTo(List.of(1, 2));
    }

    @Test
    void shouldNotNoticeWhatIsChangedAfterTheRelease() {
        set(new ArrayList<>(List.of(1)));
        here.acquire();
        List<Integer> list = cast(here.get("x"));
        here.release();
        list.add(2);
        try (Held held = here.acquire()) {
            assertThat(here.get("x")).isEqualTo(List.of(1));
        }
    }

    @Test
    void shouldTakeASetForAChangeInPlaceAndTheOtherWayRound() {
        set(new ArrayList<>(List.of(1)));
        try (Held held = here.acquire()) {
            this.<List<Integer>>cast(here.get("x")).add(2);
            here.set("x", new ArrayList<>(List.of(5)));
            this.<List<Integer>>cast(here.get("x")).add(6);
        }
        assertThat(here.get("x")).isEqualTo(List.of(5, 6));
        try (Held held = here.acquire()) {
            this.<List<Integer>>cast(here.get("x")).add(7);
            here.set("x", null);
        }
        assertThat(here.get("x")).isNull();
    }

    @Test
    void shouldDropASectionWholeThatHoldsWhatCannotTravel() {
        set(new ArrayList<>(List.of(1)));
        double[] array = here.array("a", double[].class, 3);
        here.acquire();
        here.set("y", 1);
        array[0] = 5;
        this.<List<Object>>cast(here.get("x")).add(new java.util.concurrent.locks.ReentrantLock());
        assertThatThrownBy(here::release)
                .isInstanceOf(NotTransferableException.class)
                .hasMessageStartingWith("The value for field 'x' of UpdateOnRelease 'r' cannot travel: cannot ship a ")
                .hasMessageContaining("ReentrantLock");
        assertThat(here.get("y")).isNull();
        assertThat(array).containsExactly(0, 0, 0);
        assertThat(there.tryAcquire(java.time.Duration.ofSeconds(10))).isTrue();
        there.release();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the tests know what they set
    private <T> T cast(Object value) {
        return (T) value;
    }
}
