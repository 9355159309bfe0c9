package org.goaway.usage.mishap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.goaway.Cluster;
import org.goaway.ClusterClosedException;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.RemoteTask;
import org.goaway.usage.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Closing, while tasks run and afterwards. */
@Tag("process")
class ClosingIT {

    @Test
    void shouldEndTasksThatNeverEndAndRefuseCallsAfterwards() {
        Set<ProcessHandle> before = Servers.processes();
        Cluster cluster = GoAway.init(
                ClusterConfig.builder().localServers(1).spawnerTasks(false).build());
        var trouble = cluster.strictCentralized("trouble");
        RemoteTask<Void> spins = cluster.run(Trouble::spins);
        RemoteTask<Void> waits = cluster.run(Trouble::waits, "waits");
        Eventually.holds(() -> trouble.get("spins", false) && trouble.get("waits", false), () -> "tasks do not start");

        cluster.close();
        cluster.close();

        assertThatThrownBy(spins::join).isInstanceOf(ClusterClosedException.class);
        assertThatThrownBy(waits::join).isInstanceOf(ClusterClosedException.class);
        Servers.assertNoneLeft(before);
        assertThat(cluster.isClosed()).isTrue();
        String name = "'" + cluster.name() + "'";
        assertThatThrownBy(() -> cluster.call(Trouble::whoAmI))
                .isInstanceOf(ClusterClosedException.class)
                .hasMessageContaining(name);
        assertThatThrownBy(() -> GoAway.call(Trouble::whoAmI))
                .isInstanceOf(ClusterClosedException.class)
                .hasMessageContaining(name);
        assertThatThrownBy(() -> trouble.get("spins")).isInstanceOf(ClusterClosedException.class);
        assertThatThrownBy(() -> trouble.set("spins", 1)).isInstanceOf(ClusterClosedException.class);
        assertThatThrownBy(() -> cluster.linFastRead("x").set("y", 1)).isInstanceOf(ClusterClosedException.class);
        assertThatThrownBy(() -> cluster.weak("x").get("y")).isInstanceOf(ClusterClosedException.class);
        assertThatThrownBy(() -> cluster.updateOnRelease("x").acquire()).isInstanceOf(ClusterClosedException.class);
        assertThatThrownBy(() -> cluster.lock("x").lock()).isInstanceOf(ClusterClosedException.class);
        assertThatThrownBy(cluster::members).isInstanceOf(ClusterClosedException.class);
    }

    @Test
    void shouldKeepTwoClustersOfOneProcessApart() {
        ClusterConfig one = ClusterConfig.builder().localServers(1).build();
        try (Cluster left = Cluster.start(one);
                Cluster right = Cluster.start(one)) {
            left.strictCentralized("x").set("side", "left");
            right.strictCentralized("x").set("side", "right");

            assertThat(left.call(ClosingIT::side).join()).isEqualTo("left");
            assertThat(right.call(ClosingIT::side).join()).isEqualTo("right");
            assertThat(left.members()).hasSize(2);
            assertThat(right.members()).hasSize(2);

            left.close();

            assertThat(right.call(ClosingIT::side).join()).isEqualTo("right");
            assertThatThrownBy(() -> left.call(ClosingIT::side)).isInstanceOf(ClusterClosedException.class);
        }
    }

    private static String side() {
        return GoAway.strictCentralized("x").get("side", "none");
    }
}
