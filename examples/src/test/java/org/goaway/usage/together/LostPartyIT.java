package org.goaway.usage.together;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.Member;
import org.goaway.MemberLeftException;
import org.goaway.RemoteTask;
import org.goaway.TaskOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server is killed while its tasks hold a permit and wait at a barrier. */
@Tag("process")
@Timeout(120)
class LostPartyIT {

    private static final Duration BOUND = Duration.ofSeconds(30);

    @Test
    void shouldReturnItsPermitsAndEndTheWaitsOfTheOthers() throws Exception {
        try (Cluster cluster = GoAway.init(
                ClusterConfig.builder().localServers(3).spawnerTasks(false).build())) {
            Member lost = cluster.members().get(cluster.members().size() - 1);
            TaskOptions there = TaskOptions.builder().on(lost).build();
            RemoteTask<Long> process = cluster.call(there, LostPartyIT::takesTheOnlyPermit);
            long pid = process.join();
            RemoteTask<Integer> party = cluster.call(there, LostPartyIT::arrives);
            RemoteTask<Integer> other = cluster.call(
                    TaskOptions.builder().on(cluster.members().get(0)).build(), LostPartyIT::arrives);
            assertThat(cluster.latch("arriving", 2).await(BOUND)).isTrue();
            assertThat(cluster.semaphore("s", 1).tryAcquire(Duration.ZERO)).isFalse();

            assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();

            assertThat(cluster.semaphore("s", 1).tryAcquire(BOUND)).isTrue();
            assertThatThrownBy(party::join).isInstanceOf(MemberLeftException.class);
            assertThatThrownBy(other::join)
                    .hasCauseInstanceOf(MemberLeftException.class)
                    .hasStackTraceContaining(lost.name());
        }
    }

    private static long takesTheOnlyPermit() throws InterruptedException {
        GoAway.semaphore("s", 1).acquire();
        return ProcessHandle.current().pid();
    }

    private static int arrives() throws InterruptedException {
        GoAway.latch("arriving", 2).countDown();
        return GoAway.barrier("b", 3).await();
    }
}
