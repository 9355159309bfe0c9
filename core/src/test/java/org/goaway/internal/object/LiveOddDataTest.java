package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.goaway.Held;
import org.goaway.NotTransferableException;
import org.junit.jupiter.api.Test;

/** Sections with values that differ little, refer to each other, are empty, or too large. */
class LiveOddDataTest extends LiveSections {

    /** Cells that a record does not keep from being changed. */
    record Row(List<double[]> cells) {}

    static final class Link {
        Link next;
        int number;
    }

    static final class Brittle implements Serializable {
        private static final long serialVersionUID = 1;

        boolean broken;

        Object writeReplace() {
            if (broken) {
                throw new AssertionError("meant to be");
            }
            return this;
        }
    }

    @Test
    void shouldLeaveTheSectionWhenAnErrorEndsItsRelease() {
        set(new Brittle());
        there.acquire();
        there.set("y", 1);
        ((Brittle) there.get("x")).broken = true;
        assertThatThrownBy(there::release).hasStackTraceContaining("meant to be");
        assertThat(here.tryAcquire(Duration.ofSeconds(10))).isTrue();
        assertThat(here.fields()).containsExactly("x");
        here.release();
    }

    @Test
    void shouldTellZerosAndNansApartInCollectionsAndArrays() {
        set(new ArrayList<Object>(List.of(0.0, 1.0, new double[] {0.0, 2.0}, new float[] {0f})));
        this.<List<Object>>change(list -> {
            list.set(0, -0.0);
            list.set(1, Double.NaN);
            ((double[]) list.get(2))[0] = -0.0;
            ((double[]) list.get(2))[1] = Double.NaN;
            ((float[]) list.get(3))[0] = -0f;
        });
        List<?> found = (List<?>) here.get("x");
        assertThat(found.subList(0, 2)).isEqualTo(List.of(-0.0, Double.NaN));
        assertThat(Arrays.equals((double[]) found.get(2), new double[] {-0.0, Double.NaN}))
                .isTrue();
        assertThat(Arrays.equals((float[]) found.get(3), new float[] {-0f})).isTrue();
    }

    @Test
    void shouldSendWhatChangedInArraysOfARecord() {
        set(new ArrayList<>(List.of(new Row(new ArrayList<>(List.of(new double[3], new double[0]))))));
        this.<List<Row>>change(rows -> {
            rows.get(0).cells().get(0)[2] = 5;
            rows.get(0).cells().set(1, new double[] {7});
        });
        Row row = (Row) ((List<?>) here.get("x")).get(0);
        assertThat(row.cells().get(0)).containsExactly(0, 0, 5);
        assertThat(row.cells().get(1)).containsExactly(7);
    }

    @Test
    void shouldSendNullsInMaps() {
        Map<String, Object> map = new HashMap<>(Map.of("a", 1, "b", 2));
        map.put("c", null);
        set(map);
        this.<Map<String, Object>>change(found -> {
            found.put("a", null);
            found.put("c", 3);
            found.remove("b");
        });
        Map<String, Object> expected = new HashMap<>();
        expected.put("a", null);
        expected.put("c", 3);
        assertThat(here.get("x")).isEqualTo(expected);
    }

    @Test
    void shouldTakeAListThatIsInAListTwiceForTwo() {
        List<Integer> shared = new ArrayList<>(List.of(1));
        set(new ArrayList<>(List.of(shared, shared)));
        this.<List<List<Integer>>>change(lists -> lists.get(1).add(2));
        assertThat(here.get("x")).isEqualTo(List.of(List.of(1), List.of(1, 2)));
    }

    @Test
    void shouldSendACycleOrRefuseItByName() {
        set(new Link());
        try {
            this.<Link>change(link -> {
                link.next = link;
                link.number = 1;
            });
            Link found = (Link) here.get("x");
            assertThat(found.next).isSameAs(found);
        } catch (NotTransferableException refused) {
            assertThat(refused).hasMessageContaining("Link");
            assertThat(((Link) here.get("x")).number).isZero();
        }
    }

    @Test
    void shouldHaveArraysOfNoElements() {
        int[] none = here.array("none", int[].class, 0);
        try (Held held = here.acquire()) {
            assertThat(here.get("none")).isNull();
            here.set("none", new int[0]);
        }
        here.flush();
        assertThat(there.array("none", int[].class, 0)).isEmpty();
        assertThat(here.get("none")).isSameAs(none);
    }

    @Test
    void shouldLetASectionSetAnotherLengthAndSetTheFirstAgain() {
        int[] live = here.array("a", int[].class, 3);
        try (Held held = here.acquire()) {
            live[0] = 1;
            here.set("a", new int[] {1, 2, 3, 4});
            assertThat((int[]) here.get("a")).containsExactly(1, 2, 3, 4);
            assertThatThrownBy(() -> here.array("a", int[].class, 3)).isInstanceOf(IllegalArgumentException.class);
            here.set("a", new int[] {7, 8, 9});
            assertThat(here.array("a", int[].class, 3)).isSameAs(live).containsExactly(7, 8, 9);
            live[1] = 0;
        }
        here.flush();
        assertThat((int[]) there.get("a")).containsExactly(7, 0, 9);
        try (Held held = there.acquire()) {
            there.set("a", new int[] {5});
        }
        there.flush();
        assertThat((int[]) here.get("a")).containsExactly(5);
        try (Held held = here.acquire()) {
            live[2] = 100;
            here.set("b", 1);
        }
        here.flush();
        assertThat((int[]) there.get("a")).containsExactly(5);
        try (Held held = there.acquire()) {
            there.set("a", new int[] {4, 5, 6});
        }
        there.flush();
        assertThat(here.array("a", int[].class, 3)).isSameAs(live).containsExactly(4, 5, 6);
    }

    @Test
    void shouldRefuseAnArrayThatNoEncodingHoldsBeforeItTakesItsMemory() {
        assertThatThrownBy(() -> here.array("huge", double[].class, Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("huge")
                .hasMessageContaining("'r'")
                .hasMessageContaining(String.valueOf(Integer.MAX_VALUE));
    }
}
