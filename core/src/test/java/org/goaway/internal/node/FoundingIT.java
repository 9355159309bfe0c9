package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.goaway.ClusterConfig;
import org.goaway.Member;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.goaway.internal.cluster.Stack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who belongs to a cluster that was founded, on nodes of this process. */
class FoundingIT {

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private final ClusterConfig config = ClusterConfig.builder().build();
    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(Node::close);
    }

    @Test
    void shouldTakeInWhoComesAfterTheFounding() throws InterruptedException {
        Node founder = founded();

        Node late = joined(Configs.server(config, config.cluster(), "late", Stack.IN_PROCESS, Entry.seeker(AT_MOST)));

        assertThat(founder.members().await(3, AT_MOST)).isTrue();
        assertThat(late.members().await(3, AT_MOST)).isTrue();
        assertThat(founder.members().all())
                .extracting(Member::name)
                .containsExactlyInAnyOrder("spawner", "server-1", "late");
        assertThat(founder.members().forTasks()).hasSize(3);
    }

    @Test
    void shouldKeepOutWhoHasAnotherLease() throws InterruptedException {
        Node founder = founded();
        ClusterConfig other = config.toBuilder().lease(Duration.ofSeconds(3)).build();

        Node late = joined(Configs.server(other, config.cluster(), "late", Stack.IN_PROCESS, Entry.seeker(AT_MOST)));
        awaitSeen(founder, late);

        assertThat(founder.members().await(3, Duration.ofSeconds(1))).isFalse();
        assertThat(late.begun()).isNotDone();
    }

    @Test
    void shouldRefuseASecondFounderWhileTheFirstIsThere() {
        Node founder = founded();
        Node other = joined(Configs.spawner(config, config.cluster(), Stack.IN_PROCESS, Entry.seeker(AT_MOST)));
        awaitSeen(other, founder);

        assertThatThrownBy(() -> Arrival.of(other.ask(other.infos()), AT_MOST, () -> "asks"))
                .hasMessageContaining("belongs to the cluster")
                .isInstanceOfSatisfying(
                        Founding.Refused.class,
                        refused -> assertThat(refused.isLasting()).isTrue());
    }

    private Node founded() {
        Node founder = joined(Configs.spawner(config, config.cluster(), Stack.IN_PROCESS, Entry.founder()));
        joined(Configs.server(config, config.cluster(), "server-1", Stack.IN_PROCESS, Entry.seeker(AT_MOST)));
        Arrival.of(founder, 2, AT_MOST, () -> {});
        Arrival.of(founder.found(founder.infos(), AT_MOST), AT_MOST, () -> "founds");
        return founder;
    }

    private Node joined(NodeConfig node) {
        Node joined = Node.join(node);
        nodes.add(0, joined);
        return joined;
    }

    private static void awaitSeen(Node by, Node node) {
        long end = System.nanoTime() + AT_MOST.toNanos();
        while (!by.infos().contains(node.self())) {
            assertThat(System.nanoTime())
                    .as("%s does not see %s", by.self(), node.self())
                    .isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
