package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.goaway.ClusterConfig;
import org.goaway.Member;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.goaway.internal.cluster.Stack;
import org.junit.jupiter.api.Test;

/** Who belongs to a cluster that was founded, on nodes of this process. */
class FoundingIT extends NodesOfOneProcess {

    @Test
    void shouldTakeInWhoComesAfterTheFounding() {
        Node founder = founded("server-1");

        Node late = server("late");

        assertThat(founder.members().reached(3)).succeedsWithin(AT_MOST);
        assertThat(late.members().reached(3)).succeedsWithin(AT_MOST);
        assertThat(founder.members().all())
                .extracting(Member::name)
                .containsExactlyInAnyOrder("spawner", "server-1", "late");
        assertThat(founder.members().forTasks().members()).hasSize(3);
    }

    @Test
    void shouldKeepOutWhoHasAnotherLease() {
        Node founder = founded("server-1");
        ClusterConfig other = config.toBuilder().lease(Duration.ofSeconds(3)).build();

        Node late = joined(Configs.server(other, config.cluster(), "late", Stack.IN_PROCESS, Entry.seeker(AT_MOST)));
        awaitSeen(founder, late);

        assertThatThrownBy(() -> founder.members().reached(3).get(1, TimeUnit.SECONDS))
                .isInstanceOf(TimeoutException.class);
        assertThat(late.begun()).isNotDone();
    }

    @Test
    void shouldRefuseASecondFounderWhileTheFirstIsThere() {
        Node founder = founded("server-1");
        Node other = joined(Configs.spawner(config, Entry.seeker(AT_MOST)));
        awaitSeen(other, founder);

        assertThatThrownBy(() -> Arrival.of(other.ask(other.infos()), AT_MOST, () -> "asks"))
                .hasMessageContaining("belongs to the cluster")
                .isInstanceOfSatisfying(
                        Founding.Refused.class,
                        refused -> assertThat(refused.isLasting()).isTrue());
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
