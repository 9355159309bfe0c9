package sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.goaway.Cluster;
import org.goaway.RemoteTask;
import org.goaway.TaskGroup;
import org.goaway.TaskOptions;
import org.junit.jupiter.api.Test;

/** That each shape compiles as a user would write it, without casts, and that javac picks what was meant. */
class ShapesTest {

    private static final TaskOptions OPTIONS =
            TaskOptions.builder().name("named").build();

    private final List<String> calls = new ArrayList<>();
    private final Cluster cluster = Recorder.cluster(calls);

    @Test
    void shouldTakeLambdasWithoutArguments() {
        RemoteTask<Integer> one = cluster.goaway(() -> 1);
        RemoteTask<Void> two = cluster.goaway(() -> {});
        RemoteTask<Void> three = cluster.goaway(() -> System.out.println("hello"));
        RemoteTask<Integer> four = cluster.goaway(() -> {
            throw new IOException("checked");
        });
        RemoteTask<Integer> five = cluster.goaway(OPTIONS, () -> 1);
        RemoteTask<Void> six = cluster.goaway(OPTIONS, () -> {});

        assertThat(List.of(one, two, three, four, five, six)).doesNotContainNull();
        assertCalled(
                "call(TaskOptions, RemoteCallable)",
                "run(TaskOptions, RemoteRunnable)",
                "run(TaskOptions, RemoteRunnable)",
                "call(TaskOptions, RemoteCallable)",
                "call(TaskOptions, RemoteCallable)",
                "run(TaskOptions, RemoteRunnable)");
    }

    @Test
    void shouldTakeMethodReferencesWithAnyNumberOfArguments() {
        RemoteTask<Integer> none = cluster.goaway(ShapesTest::seven);
        RemoteTask<Integer> one = cluster.goaway(ShapesTest::twice, 1);
        RemoteTask<Integer> two = cluster.goaway(ShapesTest::plus, 1, 2);
        RemoteTask<Integer> three = cluster.goaway(ShapesTest::sum, 1, 2, 3);
        RemoteTask<Void> nothing = cluster.goaway(ShapesTest::go);
        RemoteTask<Void> first = cluster.goaway(Counter::increase, 1L);
        RemoteTask<Void> second = cluster.goaway(ShapesTest::put, "a", 1);
        RemoteTask<Void> third = cluster.goaway(ShapesTest::put3, "a", 1, 2L);

        assertThat(List.of(none, one, two, three, nothing, first, second, third))
                .doesNotContainNull();
        assertCalled(
                "call(TaskOptions, RemoteCallable)",
                "call(TaskOptions, RemoteFunction, 1)",
                "call(TaskOptions, RemoteBiFunction, 1, 2)",
                "call(TaskOptions, RemoteTriFunction, 1, 2, 3)",
                "run(TaskOptions, RemoteRunnable)",
                "run(TaskOptions, RemoteConsumer, 1)",
                "run(TaskOptions, RemoteBiConsumer, a, 1)",
                "run(TaskOptions, RemoteTriConsumer, a, 1, 2)");
    }

    @Test
    void shouldTakeMethodReferencesWithOptions() {
        RemoteTask<Integer> one = cluster.goaway(OPTIONS, ShapesTest::twice, 1);
        RemoteTask<Integer> two = cluster.goaway(OPTIONS, ShapesTest::plus, 1, 2);
        RemoteTask<Integer> three = cluster.goaway(OPTIONS, ShapesTest::sum, 1, 2, 3);
        RemoteTask<Void> first = cluster.goaway(OPTIONS, Counter::increase, 1L);
        RemoteTask<Void> second = cluster.goaway(OPTIONS, ShapesTest::put, "a", 1);
        RemoteTask<Void> third = cluster.goaway(OPTIONS, ShapesTest::put3, "a", 1, 2L);

        assertThat(List.of(one, two, three, first, second, third)).doesNotContainNull();
        assertThat(calls).hasSize(6);
    }

    @Test
    void shouldTakeExplicitlyTypedLambdasAndWhatTheyCapture() {
        int captured = 3;
        RemoteTask<Integer> function = cluster.goaway((Integer x) -> x + captured, 1);
        RemoteTask<Void> consumer = cluster.goaway((Integer x) -> System.out.println(x), 1);
        RemoteTask<Integer> capturing = cluster.goaway(() -> twice(captured));

        assertThat(List.of(function, consumer, capturing)).doesNotContainNull();
        assertCalled(
                "call(TaskOptions, RemoteFunction, 1)",
                "run(TaskOptions, RemoteConsumer, 1)",
                "call(TaskOptions, RemoteCallable)");
    }

    @Test
    void shouldTakeImplicitlyTypedLambdasUnderUnambiguousNames() {
        RemoteTask<Integer> call0 = cluster.call(() -> 1);
        RemoteTask<Integer> call1 = cluster.call(x -> x + 1, 1);
        RemoteTask<Integer> call2 = cluster.call((x, y) -> x + y, 1, 2);
        RemoteTask<Integer> call3 = cluster.call((x, y, z) -> x + y + z, 1, 2, 3);
        RemoteTask<String> overloaded = cluster.call(String::valueOf, 1L);
        RemoteTask<Void> run0 = cluster.run(() -> twice(1));
        RemoteTask<Void> run1 = cluster.run(x -> twice(x), 1);
        RemoteTask<Void> run2 = cluster.run((x, y) -> put(x, y), "a", 1);
        RemoteTask<Void> run3 = cluster.run((x, y, z) -> put3(x, y, z), "a", 1, 2L);
        RemoteTask<Integer> withOptions = cluster.call(OPTIONS, x -> x + 1, 1);
        RemoteTask<Void> runWithOptions = cluster.run(OPTIONS, x -> twice(x), 1);

        assertThat(List.of(call0, call1, call2, call3, overloaded, run0, run1, run2, run3))
                .doesNotContainNull();
        assertThat(List.of(withOptions, runWithOptions)).doesNotContainNull();
        assertThat(calls).hasSize(11);
    }

    @Test
    void shouldTakeCollectionsOfItems() {
        TaskGroup<Integer> mapped = cluster.map(List.of(1, 2), x -> x * x);
        TaskGroup<Integer> named = cluster.map(OPTIONS, Set.of(1), ShapesTest::twice);
        TaskGroup<Void> done = cluster.forEach(List.of(1L), Counter::increase);
        TaskGroup<Void> printed = cluster.forEach(OPTIONS, List.of("a"), x -> System.out.println(x));

        assertThat(List.of(mapped, named, done, printed)).doesNotContainNull();
        assertCalled(
                "map(TaskOptions, [1, 2], RemoteFunction)",
                "map(TaskOptions, [1], RemoteFunction)",
                "forEach(TaskOptions, [1], RemoteConsumer)",
                "forEach(TaskOptions, [a], RemoteConsumer)");
    }

    private void assertCalled(String... expected) {
        assertThat(calls).containsExactly(expected);
    }

    private static int seven() {
        return 7;
    }

    private static int twice(int x) {
        return 2 * x;
    }

    private static int plus(int x, int y) {
        return x + y;
    }

    private static int sum(int x, int y, int z) {
        return x + y + z;
    }

    private static void go() {}

    private static void put(String key, int value) {}

    private static void put3(String key, int value, long more) {}
}
