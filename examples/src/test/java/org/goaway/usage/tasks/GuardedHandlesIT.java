package org.goaway.usage.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.goaway.Cluster;
import org.goaway.ClusterLock;
import org.goaway.GoAway;
import org.goaway.Held;
import org.goaway.LinearizableObject;
import org.goaway.RemoteTaskException;
import org.goaway.TaskOptions;
import org.goaway.testing.GoAwayCluster;
import org.goaway.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handles that are guarded by a lock stay so wherever they travel. */
@Tag("process")
@Timeout(120)
@GoAwayCluster(nodes = 1)
class GuardedHandlesIT {

    @Test
    void shouldKeepTheirGuardInTasksValuesAndResults(Cluster cluster, TestCluster members) {
        TaskOptions there = TaskOptions.builder().on(members.member("server-1")).build();
        ClusterLock lock = cluster.lock("desk");
        List<LinearizableObject> handles = List.of(
                GoAway.strictCentralized("papers").guardedBy(lock),
                GoAway.linFastRead("papers").guardedBy(lock),
                cluster.strictCentralized("papers").guardedBy(lock),
                cluster.linFastRead("papers").guardedBy(lock));
        for (LinearizableObject handle : handles) {
            cluster.weak("drawer").set("handle", handle);
            LinearizableObject stored = cluster.weak("drawer").get("handle", LinearizableObject.class);
            LinearizableObject returned =
                    cluster.call(there, () -> holding(lock, handle)).join();

            assertThatThrownBy(() ->
                            cluster.run(there, () -> handle.set("x", "stale")).join())
                    .isInstanceOf(RemoteTaskException.class)
                    .hasCauseInstanceOf(IllegalMonitorStateException.class);
            assertThatThrownBy(() -> stored.set("x", "stale")).isInstanceOf(IllegalMonitorStateException.class);
            assertThatThrownBy(() -> returned.set("x", "stale")).isInstanceOf(IllegalMonitorStateException.class);
            assertThat(handle.get("x")).isEqualTo("fresh");
        }
    }

    private static LinearizableObject holding(ClusterLock lock, LinearizableObject handle) {
        try (Held held = lock.hold()) {
            handle.set("x", "fresh");
        }
        return handle;
    }
}
