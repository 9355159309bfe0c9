package sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.testing.GoAwayCluster;
import org.goaway.testing.TestCluster;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Which tests share a cluster: the order matters here, and to no other test. */
@Tag("process")
@GoAwayCluster(nodes = 1)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedClusterIT {

    /** The cluster of the test before. */
    private static final AtomicReference<Cluster> BEFORE = new AtomicReference<>();

    @Test
    @Order(1)
    void shouldBeTheDefaultClusterWithSoManyServers(Cluster cluster, TestCluster members) {
        assertThat(GoAway.current()).isSameAs(cluster).isSameAs(members.cluster());
        assertThat(cluster.members()).hasSize(2);
        assertThat(members.servers()).containsExactly(members.member("server-1"));
        assertThatThrownBy(() -> members.member("server-2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("server-2", "server-1", "spawner");
        assertThatThrownBy(() -> members.kill(cluster.self()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("this process itself");
        BEFORE.set(cluster);
    }

    @Test
    @Order(2)
    void shouldBeSharedByTheTestsOfAClass(Cluster cluster, TestCluster members) {
        assertThat(cluster).isSameAs(BEFORE.get());
        members.partition(cluster.self());
        members.heal();
    }

    @Test
    @Order(3)
    void shouldBeAFreshOneAfterATestThatDidHarm(Cluster cluster) {
        assertThat(BEFORE.getAndSet(cluster)).isNotSameAs(cluster).matches(Cluster::isClosed);
        cluster.close();
    }

    @Test
    @Order(4)
    void shouldBeAFreshOneAfterATestThatClosedIt(Cluster cluster) {
        assertThat(BEFORE.getAndSet(cluster)).isNotSameAs(cluster);
        assertThat(cluster.call(() -> 7 * 6).join()).isEqualTo(42);
    }

    @Test
    @Order(5)
    @GoAwayCluster(nodes = 2)
    void shouldBeAMethodsOwn(Cluster cluster) {
        assertThat(cluster.members()).hasSize(3);
        assertThat(BEFORE.getAndSet(cluster)).matches(Cluster::isClosed);
    }

    @Test
    @Order(6)
    void shouldBeTheClassesAgainAfterwards(Cluster cluster) {
        assertThat(BEFORE.getAndSet(cluster)).matches(Cluster::isClosed);
        assertThat(cluster.members()).hasSize(2);
    }

    @Nested
    class Inside {

        @Test
        void shouldBeSharedWithNestedClasses(Cluster cluster) {
            assertThat(cluster).isSameAs(BEFORE.get());
        }
    }
}
