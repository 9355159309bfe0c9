package org.goaway.usage.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.RemoteTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 100,000 tasks wait for one server with little memory. */
@Tag("process")
@Timeout(120)
class ManyTasksIT {

    private static final int TASKS = 100_000;

    @Test
    void shouldQueueAndRunAHundredThousandTasks() {
        try (Cluster cluster = GoAway.init(ClusterConfig.builder()
                .localServers(1)
                .spawnerTasks(false)
                .jvmArgs("-Xmx128m")
                .build())) {
            RemoteTask<Void> first = cluster.run(ManyTasksIT::waits);
            List<RemoteTask<Integer>> tasks = new ArrayList<>(TASKS);
            for (int i = 0; i < TASKS; i++) {
                tasks.add(cluster.call(ManyTasksIT::half, i));
            }
            cluster.latch("all are started", 1).countDown();

            long sum = 0;
            for (RemoteTask<Integer> task : tasks) {
                sum += task.join();
            }
            first.join();
            assertThat(sum).isEqualTo((long) TASKS / 2 * (TASKS / 2 - 1));
            assertThat(cluster.call(ManyTasksIT::mostThreads).join()).isLessThan(300);
        }
    }

    private static void waits() throws InterruptedException {
        GoAway.latch("all are started", 1).await();
    }

    private static int half(int number) {
        return number / 2;
    }

    private static int mostThreads() {
        return ManagementFactory.getThreadMXBean().getPeakThreadCount();
    }
}
