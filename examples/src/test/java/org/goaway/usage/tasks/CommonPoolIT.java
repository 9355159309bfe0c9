package org.goaway.usage.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.LinFastRead;
import org.goaway.Member;
import org.goaway.RemoteTaskException;
import org.goaway.TaskOptions;
import org.goaway.testing.GoAwayCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks use Java's common pool, which all programs of a process share, and here all members. */
@Tag("process")
@Timeout(120)
@GoAwayCluster(nodes = 2)
class CommonPoolIT {

    private static final LinFastRead SUMS = GoAway.linFastRead("sums");

    private static TaskOptions on(Member member) {
        return TaskOptions.builder().on(member).build();
    }

    @Test
    void shouldFindTheMemberWhoseTaskUsesTheCommonPool(Cluster cluster) {
        for (int i = 0; i < 2; i++) { // the second time its threads are there
            for (Member member : cluster.members()) {
                if (!member.isSpawner()) {
                    assertThat(cluster.call(on(member), CommonPoolIT::inPool).join())
                            .isEqualTo(member.name());
                }
            }
        }
    }

    @Test
    void shouldUseSharedObjectsInParallelStreams(Cluster cluster) {
        TaskOptions servers = TaskOptions.builder().excludeSpawner(true).build();

        Set<String> members = cluster.call(servers, CommonPoolIT::inParallel).join();

        assertThat(members).hasSize(1);
        assertThat(cluster.linFastRead("sums").get("x", Long.class)).isEqualTo(200);
    }

    @Test
    void shouldFindTheMemberForMethodReferencesToHandles(Cluster cluster) {
        TaskOptions servers = TaskOptions.builder().excludeSpawner(true).build();
        cluster.linFastRead("sums").set("y", 7);

        assertThat(cluster.call(servers, CommonPoolIT::referenced).join()).isEqualTo(7);
    }

    @Test
    void shouldNotLetTasksCloseTheirMemberFromTheCommonPool(Cluster cluster) {
        TaskOptions servers = TaskOptions.builder().excludeSpawner(true).build();

        assertThatThrownBy(cluster.run(
                        servers,
                        () -> await(() -> {
                            GoAway.current().close();
                            return "closed";
                        }))::join)
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("a task cannot close");
    }

    /** They run on the member's own threads for it. */
    @Test
    void shouldFindTheMemberInWhatDependsOnTasksOfItsTasks(Cluster cluster) {
        for (Member member : cluster.members()) {
            assertThat(cluster.call(on(member), CommonPoolIT::afterTask).join()).isEqualTo(member.name());
            assertThat(cluster.call(on(member), () -> await(CommonPoolIT::afterTask))
                            .join())
                    .isEqualTo(member.name());
        }
    }

    private static String afterTask() throws Exception {
        return GoAway.call(() -> 1)
                .thenApplyAsync(any -> {
                    assertThat(Thread.currentThread().getContextClassLoader())
                            .isSameAs(CommonPoolIT.class.getClassLoader());
                    return GoAway.self().name();
                })
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    private static Object referenced() throws Exception {
        // Nothing of the program's own is on the stack but what the reference is made of.
        return CompletableFuture.completedFuture("y")
                .thenApplyAsync(SUMS::get, ForkJoinPool.commonPool())
                .get(30, TimeUnit.SECONDS);
    }

    private static String inPool() throws Exception {
        return await(() -> {
            assertThat(Thread.currentThread()).isInstanceOf(ForkJoinWorkerThread.class);
            return GoAway.self().name();
        });
    }

    /** What {@code code} returns on a thread of the pool; a stream may run all on the thread that begins it. */
    private static String await(java.util.concurrent.Callable<String> code) throws Exception {
        CompletableFuture<String> result = new CompletableFuture<>();
        ForkJoinPool.commonPool().execute(() -> {
            try {
                result.complete(code.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result.get(30, TimeUnit.SECONDS);
    }

    private static Set<String> inParallel() {
        return IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> {
                    SUMS.addAndGet("x", 1);
                    return GoAway.self().name();
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
