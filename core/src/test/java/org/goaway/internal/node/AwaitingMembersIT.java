package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.goaway.ClusterClosedException;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.RemoteTask;
import org.goaway.TaskOptions;
import org.goaway.UnavailableException;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.goaway.internal.cluster.Stack;
import org.junit.jupiter.api.Test;

/** Waits for members, on nodes of this process. */
class AwaitingMembersIT extends NodesOfOneProcess {

    @Test
    void shouldEndWhenTheyAreThereOrTheTimeIsUpOrTheClusterIsClosed() throws Exception {
        Node founder = founded("server-1");
        NodeCluster cluster = founder.cluster(getClass().getClassLoader());
        cluster.awaitMembers(2, Duration.ZERO);
        assertThatThrownBy(() -> cluster.awaitMembers(3, Duration.ofMillis(50)))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("after 50 ms")
                .hasMessageContaining("not 3 members");
        Thread waits = new Thread(() -> cluster.awaitMembers(3, ChronoUnit.FOREVER.getDuration()));
        waits.start();
        server("server-2");
        waits.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(waits.isAlive()).isFalse();

        founder.close();
        assertThatThrownBy(() -> cluster.awaitMembers(3, Duration.ZERO)).isInstanceOf(ClusterClosedException.class);
    }

    @Test
    void shouldLetOtherTasksRunMeanwhile() throws Exception {
        ClusterConfig one = ClusterConfig.builder().taskThreads(1).build();
        Node founder = joined(Configs.spawner(one, Entry.founder()));
        Node server = joined(Configs.server(one, one.cluster(), "server-1", Stack.IN_PROCESS, Entry.seeker(AT_MOST)));
        Arrival.of(founder, 2, AT_MOST, () -> {});
        Arrival.of(founder.found(founder.infos(), AT_MOST), AT_MOST, () -> "founds");
        NodeCluster cluster = founder.cluster(getClass().getClassLoader());
        TaskOptions there = TaskOptions.builder()
                .on(founder.members().member(server.self().id()))
                .build();

        RemoteTask<Void> waiting =
                cluster.run(there, () -> GoAway.current().awaitMembers(3, ChronoUnit.FOREVER.getDuration()));
        RemoteTask<Integer> other = cluster.call(there, () -> 1);

        assertThat(other.get(20, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(waiting.isDone()).isFalse();
        joined(Configs.server(one, one.cluster(), "server-2", Stack.IN_PROCESS, Entry.seeker(AT_MOST)));
        waiting.get(20, TimeUnit.SECONDS);
    }
}
