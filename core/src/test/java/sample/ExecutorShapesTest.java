package sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.goaway.Cluster;
import org.goaway.RemoteCallable;
import org.goaway.RemoteExecutor;
import org.goaway.RemoteJob;
import org.goaway.RemoteTask;
import org.goaway.TaskOptions;
import org.junit.jupiter.api.Test;

/** That plain lambdas compile for an executor as a user would write them, and that javac takes the overload that travels. */
class ExecutorShapesTest {

    private static final String EXECUTOR = "executor(TaskOptions).";

    private final List<String> calls = new ArrayList<>();
    private final Cluster cluster = Recorder.cluster(calls);
    private final RemoteExecutor executor = cluster.executor();

    ExecutorShapesTest() {
        calls.clear();
    }

    @Test
    void shouldTakeLambdasForRemoteOnes() {
        RemoteTask<Integer> value = executor.submit(() -> 1);
        RemoteTask<?> nothing = executor.submit(() -> {});
        RemoteTask<?> printed = executor.submit(() -> System.out.println("hello"));
        RemoteTask<Integer> thrown = executor.submit(() -> {
            throw new IOException("checked");
        });
        RemoteTask<Integer> called = executor.submit(() -> twice(1));
        RemoteTask<String> given = executor.submit(() -> {}, "done");
        executor.execute(() -> {});
        executor.execute(() -> twice(1));

        assertThat(List.of(value, nothing, printed, thrown, called, given)).doesNotContainNull();
        assertCalled(
                "submit(RemoteCallable)",
                "submit(RemoteJob)",
                "submit(RemoteJob)",
                "submit(RemoteCallable)",
                "submit(RemoteCallable)",
                "submit(RemoteJob, done)",
                "execute(RemoteJob)",
                "execute(RemoteJob)");
    }

    @Test
    void shouldTakeMethodReferencesForRemoteOnes() {
        RemoteTask<Integer> value = executor.submit(this::seven);
        RemoteTask<Integer> ofClass = executor.submit(ExecutorShapesTest::eight);
        RemoteTask<?> nothing = executor.submit(this::go);
        RemoteTask<ArrayList<String>> made = executor.submit(() -> new ArrayList<String>());
        executor.execute(this::go);
        executor.execute(this::seven);
        executor.execute(System.out::println);

        assertThat(List.of(value, ofClass, nothing, made)).doesNotContainNull();
        assertCalled(
                "submit(RemoteCallable)",
                "submit(RemoteCallable)",
                "submit(RemoteJob)",
                "submit(RemoteCallable)",
                "execute(RemoteJob)",
                "execute(RemoteJob)",
                "execute(RemoteJob)");
    }

    @Test
    void shouldTakeVariablesByTheirTypes() {
        RemoteCallable<Integer> function = () -> 1;
        RemoteJob job = () -> {};
        RemoteTask<Integer> value = executor.submit(function);
        RemoteTask<?> nothing = executor.submit(job);
        executor.execute(job);

        assertThat(List.of(value, nothing)).doesNotContainNull();
        assertCalled("submit(RemoteCallable)", "submit(RemoteJob)", "execute(RemoteJob)");
    }

    @Test
    void shouldBeAnExecutorServiceForThoseWhoKnowNoOther() throws Exception {
        ExecutorService plain = executor;
        Callable<Integer> function = (RemoteCallable<Integer>) () -> 1;
        Future<Integer> value = plain.submit(function);
        List<RemoteCallable<Integer>> all = List.of(() -> 1, () -> 2);
        List<Future<Integer>> done = plain.invokeAll(all);
        Integer any = plain.invokeAny(all);

        assertThat(value).isNotNull();
        assertThat(done).isEmpty();
        assertThat(any).isNull();
        assertThat(calls).hasSize(3);
    }

    @Test
    void shouldHaveOptionsAndEndWithItsBlock() {
        try (RemoteExecutor named =
                cluster.executor(TaskOptions.builder().name("named").build())) {
            named.submit(() -> 1).join();
        }

        assertThat(calls)
                .containsExactly(
                        "executor(TaskOptions)",
                        EXECUTOR + "submit(RemoteCallable)",
                        EXECUTOR + "submit(RemoteCallable).join()",
                        EXECUTOR + "close()");
    }

    private void assertCalled(String... expected) {
        assertThat(calls).map(call -> call.replace(EXECUTOR, "")).containsExactly(expected);
    }

    private int seven() {
        return 7;
    }

    private static int eight() {
        return 8;
    }

    private void go() {}

    private static int twice(int x) {
        return 2 * x;
    }
}
