package org.goaway.usage.together;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.goaway.Cluster;
import org.goaway.ClusterBarrier;
import org.goaway.ClusterLatch;
import org.goaway.ClusterLong;
import org.goaway.ClusterSemaphore;
import org.goaway.GoAway;
import org.goaway.Member;
import org.goaway.RemoteTask;
import org.goaway.TaskOptions;
import org.goaway.testing.GoAwayCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Barriers, semaphores, latches and longs among the tasks of an in-process cluster. */
@Tag("process")
@Timeout(120)
@GoAwayCluster(nodes = 2)
class WaitingTogetherIT {

    private static final int ROUNDS = 20;
    private static final int PERMITS = 2;

    @Test
    void shouldKeepItsPromisesAmongTheTasksOfAllMembers(Cluster cluster) throws Exception {
        ClusterBarrier barrier = cluster.barrier("b", 3);
        ClusterLatch latch = cluster.latch("l", 3);
        List<RemoteTask<Long>> tasks = new ArrayList<>();
        for (Member member : cluster.members()) {
            TaskOptions there = TaskOptions.builder().on(member).build();
            tasks.add(cluster.call(there, () -> rounds(barrier, latch)));
        }
        latch.await();
        assertThat(latch.getCount()).isZero();
        for (RemoteTask<Long> task : tasks) {
            assertThat(task.join()).isLessThanOrEqualTo(PERMITS);
        }
        assertThat(cluster.atomicLong("all").get()).isEqualTo(3 * ROUNDS);
        assertThat(cluster.semaphore("s", PERMITS).availablePermits()).isEqualTo(PERMITS);
        assertThatThrownBy(() -> barrier.await(Duration.ofMillis(50))).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> cluster.barrier("b", 2).await())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("barrier 'b'", "3 parties", "2");
    }

    /** Returns the most holders of a permit that it has seen. */
    private static long rounds(ClusterBarrier barrier, ClusterLatch latch) throws InterruptedException {
        ClusterSemaphore semaphore = GoAway.semaphore("s", PERMITS);
        ClusterLong holders = GoAway.atomicLong("holders");
        ClusterLong all = GoAway.atomicLong("all");
        long most = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            semaphore.acquire();
            most = Math.max(most, holders.incrementAndGet());
            holders.decrementAndGet();
            semaphore.release();
            all.incrementAndGet();
            barrier.await();
            assertThat(all.get()).isEqualTo(3L * round);
            barrier.await();
        }
        latch.countDown();
        return most;
    }
}
