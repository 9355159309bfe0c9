package org.goaway.usage.mishap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.MemberLeftException;
import org.goaway.RemoteTask;
import org.goaway.usage.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A task calls System.exit. */
@Tag("process")
class LostMemberIT {

    @Test
    void shouldEndOnlyWhatNeedsTheLostMember() {
        try (Cluster cluster = GoAway.init(
                ClusterConfig.builder().localServers(2).spawnerTasks(false).build())) {
            var fast = cluster.linFastRead("kept");
            var strict = cluster.strictCentralized("kept");
            var weak = cluster.weak("kept");
            fast.set("x", 1L);
            strict.set("x", 2L);
            weak.set("x", 3L);
            RemoteTask<Void> there = cluster.run(Servers.on(cluster, "server-1"), Trouble::waits, "there");
            RemoteTask<Void> elsewhere = cluster.run(Servers.on(cluster, "server-2"), Trouble::waits, "elsewhere");
            var trouble = cluster.strictCentralized("trouble");
            Eventually.holds(
                    () -> trouble.get("there", false) && trouble.get("elsewhere", false), () -> "tasks do not start");
            var lost = Servers.on(cluster, "server-1");

            RemoteTask<Void> exit = cluster.run(lost, Trouble::exits);

            assertLost(exit);
            assertLost(there);
            assertThat(elsewhere.isDone()).isFalse();
            assertThat(cluster.call(Trouble::whoAmI).join()).isEqualTo("server-2");
            assertThat(cluster.members()).extracting("name").containsExactlyInAnyOrder("spawner", "server-2");
            assertThatThrownBy(() -> cluster.call(lost, Trouble::whoAmI).join())
                    .isInstanceOf(MemberLeftException.class)
                    .hasMessageContaining("server-1");

            assertThat(fast.get("x")).isEqualTo(1L);
            assertThat(cluster.call(LostMemberIT::readFast).join()).isEqualTo(1L);
            fast.set("x", 5L);
            assertThat(fast.get("x")).isEqualTo(5L);
            assertThat(cluster.call(LostMemberIT::readFast).join()).isEqualTo(5L);

            strict.set("x", strict.get("x", 0L) + 2);
            assertThat(strict.get("x")).isEqualTo(4L);
            weak.set("x", 6L);
            assertThat(weak.get("x")).isEqualTo(6L);
            elsewhere.cancel(true);
        }
    }

    private static long readFast() {
        return GoAway.linFastRead("kept").get("x", 0L);
    }

    private static void assertLost(RemoteTask<?> task) {
        MemberLeftException lost = catchThrowableOfType(MemberLeftException.class, task::join);
        assertThat(lost).hasMessageContaining("server-1");
        assertThat(lost.mayHaveRun()).isTrue();
    }
}
