package org.goaway.usage.together;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.Member;
import org.goaway.MemberLeftException;
import org.goaway.RemoteTask;
import org.goaway.TaskOptions;
import org.goaway.testing.GoAwayCluster;
import org.goaway.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server is killed while its tasks hold a permit and wait at a barrier. */
@Tag("process")
@Timeout(120)
@GoAwayCluster(nodes = 3, processes = true, spawnerTasks = false)
class LostPartyIT {

    private static final Duration BOUND = Duration.ofSeconds(30);

    @Test
    void shouldReturnItsPermitsAndEndTheWaitsOfTheOthers(Cluster cluster, TestCluster members) throws Exception {
        Member lost = members.member("server-3");
        TaskOptions there = TaskOptions.builder().on(lost).build();
        cluster.run(there, LostPartyIT::takesTheOnlyPermit).join();
        RemoteTask<Integer> party = cluster.call(there, LostPartyIT::arrives);
        RemoteTask<Integer> other = cluster.call(
                TaskOptions.builder().on(members.member("server-1")).build(), LostPartyIT::arrives);
        assertThat(cluster.latch("arriving", 2).await(BOUND)).isTrue();
        assertThat(cluster.semaphore("s", 1).tryAcquire(Duration.ZERO)).isFalse();

        members.kill(lost);

        assertThat(cluster.semaphore("s", 1).tryAcquire(BOUND)).isTrue();
        assertThatThrownBy(party::join).isInstanceOf(MemberLeftException.class);
        assertThatThrownBy(other::join)
                .hasCauseInstanceOf(MemberLeftException.class)
                .hasStackTraceContaining(lost.name());
    }

    private static void takesTheOnlyPermit() throws InterruptedException {
        GoAway.semaphore("s", 1).acquire();
    }

    private static int arrives() throws InterruptedException {
        GoAway.latch("arriving", 2).countDown();
        return GoAway.barrier("b", 3).await();
    }
}
