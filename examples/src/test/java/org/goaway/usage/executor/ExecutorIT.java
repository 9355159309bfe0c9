package org.goaway.usage.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.NotTransferableException;
import org.goaway.RemoteCallable;
import org.goaway.RemoteExecutor;
import org.goaway.TaskOptions;
import org.goaway.usage.ClassPath;
import org.goaway.usage.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A program that knows java.util.concurrent runs its functions on server processes. */
@Tag("process")
class ExecutorIT {

    @Test
    void shouldRunFunctionsOnServersAndEndWithTheCluster() {
        try (Program program = Program.java(Path.of(""), ClassPath.ofTests(), Main.class.getName())) {
            assertThat(program.ends().well().leavingNoneOf(2).lines())
                    .containsExactlyInAnyOrder(
                            "sum 328350",
                            "[server-2] one of the others on server-2",
                            "any 7",
                            "composed 42",
                            "refused: write executor.submit",
                            "terminated true, members 3",
                            "rejected: the cluster is closed");
        }
    }

    static final class Main {

        private Main() {}

        public static void main(String[] args) throws Exception {
            ExecutorService last;
            try (Cluster cluster = GoAway.local(2)) {
                last = GoAway.executor();
                RemoteExecutor executor = cluster.executor();
                List<RemoteCallable<Integer>> squares = IntStream.range(0, 100)
                        .<RemoteCallable<Integer>>mapToObj(i -> () -> i * i)
                        .toList();
                int sum = 0;
                for (Future<Integer> square : executor.invokeAll(squares)) {
                    sum += square.get();
                }
                System.out.println("sum " + sum);
                TaskOptions second = TaskOptions.builder()
                        .on(cluster.members().stream()
                                .filter(member -> member.name().equals("server-2"))
                                .findFirst()
                                .orElseThrow())
                        .build();
                cluster.executor(second)
                        .submit(() -> System.out.println("one of the others on "
                                + GoAway.current().self().name()))
                        .get();
                List<RemoteCallable<Integer>> all = List.of(Main::never, () -> 7, Main::never);
                System.out.println("any " + executor.invokeAny(all));
                System.out.println("composed "
                        + executor.submit(() -> 6)
                                .thenCompose(six -> executor.submit(() -> six * 7))
                                .toCompletableFuture()
                                .get());
                try {
                    System.out.println(CompletableFuture.supplyAsync(() -> 1, executor));
                } catch (NotTransferableException e) {
                    System.out.println("refused: "
                            + (e.getMessage().contains("write executor.submit") ? "write executor.submit" : e));
                }
                executor.shutdown();
                System.out.println("terminated " + executor.awaitTermination(20, TimeUnit.SECONDS) + ", members "
                        + cluster.members().size());
            }
            try {
                System.out.println(last.submit((RemoteCallable<Integer>) () -> 1));
            } catch (RejectedExecutionException e) {
                System.out.println("rejected: " + e.getMessage().split(":", 2)[0]);
            }
        }

        private static int never() throws InterruptedException {
            TimeUnit.HOURS.sleep(1);
            return 0;
        }
    }
}
