package sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.goaway.Cluster;
import org.goaway.MemberLeftException;
import org.goaway.TaskOptions;
import org.goaway.testing.GoAwayCluster;
import org.goaway.testing.TestCluster;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A server that ends by itself in a test that does harm to others. */
@Tag("process")
@GoAwayCluster(nodes = 2, processes = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeadServerIT {

    private static final AtomicReference<Cluster> BEFORE = new AtomicReference<>();

    @Test
    @Order(1)
    void shouldNeitherBeToldThatLinksAreMendedNorToGoOn(Cluster cluster, TestCluster members) {
        BEFORE.set(cluster);
        members.partition(members.member("server-1"));
        TaskOptions there = TaskOptions.builder().on(members.member("server-2")).build();
        assertThatThrownBy(cluster.run(there, DeadServerIT::halt)::join).isInstanceOf(MemberLeftException.class);
    }

    @Test
    @Order(2)
    void shouldLeaveAFreshClusterToTheNextTest(Cluster cluster) {
        assertThat(BEFORE.get()).isNotSameAs(cluster).matches(Cluster::isClosed);
        assertThat(cluster.members()).hasSize(3);
    }

    private static void halt() {
        Runtime.getRuntime().halt(1);
    }
}
