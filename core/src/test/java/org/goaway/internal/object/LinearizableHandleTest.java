package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.goaway.ClusterClosedException;
import org.goaway.LinearizableObject;
import org.goaway.NotTransferableException;
import org.goaway.Registration;
import org.goaway.WrongTypeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What StrictCentralized and LinFastRead have in common, on both. */
@Timeout(30)
class LinearizableHandleTest {

    private final InMemoryNodes nodes = new InMemoryNodes(3);

    @AfterEach
    void close() {
        nodes.close();
    }

    private LinearizableObject at(int node, String kind) {
        return kind.equals("strict")
                ? nodes.node(node).strict("o")
                : nodes.node(node).fastRead("o");
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict", "fast"})
    void shouldShowAWriteOnAllMembersAtOnce(String kind) {
        for (int i = 0; i < 50; i++) {
            at(i % 3, kind).set("x", i);
            assertThat(at((i + 1) % 3, kind).get("x")).isEqualTo(i);
        }
        at(0, kind).set("x", null);
        assertThat(at(1, kind).get("x")).isNull();
        assertThat(at(2, kind).get("x", "none")).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict", "fast"})
    void shouldGiveNullOrWhateverThereIsWhenAskedWithNull(String kind) {
        Object none = at(0, kind).get("x", null);
        assertThat(none).isNull();
        at(0, kind).set("x", 5);
        Object some = at(1, kind).get("x", null);
        assertThat(some).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict", "fast"})
    void shouldTellALaterListenerOfTheSameField(String kind) throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            at(1, kind).onChange("x", value -> {}).close();
            BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
            try (Registration registration = at(1, kind).onChange("x", heard::add)) {
                at(0, kind).set("x", i);
                assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo(i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict", "fast"})
    void shouldNameAndClearFields(String kind) {
        at(0, kind).set("a", 1);
        at(1, kind).set("b", 2);
        assertThat(at(2, kind).fields()).containsExactlyInAnyOrder("a", "b");
        at(2, kind).clear();
        assertThat(at(0, kind).fields()).isEmpty();
        assertThat(at(1, kind).get("a")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict", "fast"})
    void shouldLoseNoUpdateOfManyThreads(String kind) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            LinearizableObject object = at(i % 3, kind);
            threads.add(new Thread(() -> {
                for (int k = 0; k < 20; k++) {
                    object.update("u", 0L, n -> n + 1);
                    object.addAndGet("a", 2);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(at(0, kind).get("u", 0L)).isEqualTo(180);
        assertThat(at(1, kind).get("a", 0L)).isEqualTo(360);
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict", "fast"})
    void shouldCompareEncodings(String kind) {
        LinearizableObject object = at(1, kind);
        assertThat(object.compareAndSet("c", null, "one")).isTrue();
        assertThat(object.compareAndSet("c", null, "two")).isFalse();
        assertThat(object.compareAndSet("c", "one", null)).isTrue();
        assertThat(object.get("c")).isNull();
        assertThatThrownBy(() -> object.compareAndSet("c", Map.of(), "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use update");
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict", "fast"})
    void shouldTakeEqualListsOfOtherClassesForEqual(String kind) {
        LinearizableObject object = at(1, kind);
        object.set("c", new ArrayList<>(List.of(1, 2)));
        assertThat(object.compareAndSet("c", List.of(2, 1), "no")).isFalse();
        assertThat(object.compareAndSet("c", List.of(1, 2), List.of(3))).isTrue();
        assertThat(object.compareAndSet("c", new ArrayList<>(List.of(3)), "end"))
                .isTrue();
        assertThat(object.compareAndSet("c", List.of(3), "no")).isFalse();
        assertThat(object.get("c")).isEqualTo("end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict", "fast"})
    void shouldConvertNumbersAndRefuseOtherTypes(String kind) {
        LinearizableObject object = at(2, kind);
        object.set("n", 7);
        assertThat(object.get("n", 0L)).isEqualTo(7L);
        assertThat(object.get("n", Double.class)).isEqualTo(7d);
        assertThat(object.addAndGet("n", 1)).isEqualTo(8);
        assertThat(object.get("n")).isEqualTo(8L);
        object.set("s", "text");
        assertThatThrownBy(() -> object.addAndGet("s", 1))
                .isInstanceOf(WrongTypeException.class)
                .hasMessageContaining("field 's'")
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> object.get("s", 1)).isInstanceOf(WrongTypeException.class);
    }

    /** A view of the object. */
    interface Progress {
        long done();

        void done(long value);

        String name();

        void name(String value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict", "fast"})
    void shouldLookLikeAnInterface(String kind) {
        Progress progress = at(0, kind).as(Progress.class);
        assertThat(progress.done()).isZero();
        assertThat(progress.name()).isNull();
        progress.done(5);
        assertThat(at(1, kind).as(Progress.class).done()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict", "fast"})
    void shouldTellListenersTheLatest(String kind) throws InterruptedException {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        at(2, kind).onChange("l", value -> {
            throw new IllegalStateException("a listener may fail");
        });
        try (Registration registration = at(2, kind).onChange("l", value -> told.add(String.valueOf(value)))) {
            at(0, kind).set("l", "one");
            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("one");
            at(1, kind).set("l", null);
            assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("null");
        }
        at(0, kind).set("l", "two");
        at(2, kind).get("l");
        assertThat(told).isEmpty();
    }

    @Test
    void shouldRefuseAValueThatIsTooLargeForTheLogByName() {
        LinearizableObject object = at(0, "strict");
        String large = "x".repeat(Values.MAX_LOGGED);
        assertThatThrownBy(() -> object.set("big", large))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContaining("field 'big'")
                .hasMessageContaining("16777216");
        assertThat(object.get("big")).isNull();
    }

    @Test
    void shouldRefuseByNameWhatMakesAnObjectLargerThanTravels() {
        LinearizableObject object = at(0, "fast");
        String large = "x".repeat(600_000);
        object.set("one", large);
        assertThatThrownBy(() -> object.set("two", large))
                .isInstanceOf(NotTransferableException.class)
                .hasMessageContaining("set on field 'two' of LinFastRead 'o'")
                .hasMessageContaining("all fields of LinFastRead 'o' would take 1200")
                .hasMessageContaining("spread them over several objects");
        assertThat(object.get("two")).isNull();
        object.set("one", null);
        object.set("two", large);
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict", "fast"})
    void shouldThrowOnceClosed(String kind) {
        LinearizableObject object = at(1, kind);
        nodes.node(1).close();
        assertThatThrownBy(() -> object.get("x")).isInstanceOf(ClusterClosedException.class);
        assertThatThrownBy(() -> object.set("x", 1)).isInstanceOf(ClusterClosedException.class);
        assertThatThrownBy(() -> object.onChange("x", value -> {})).isInstanceOf(ClusterClosedException.class);
        assertThat(object.name()).isEqualTo("o");
    }
}
