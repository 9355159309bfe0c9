package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.goaway.GoAway;
import org.goaway.Member;
import org.goaway.TaskOptions;
import org.junit.jupiter.api.Test;

/** Members of one name, on nodes of this process. */
class NamesakesIT extends NodesOfOneProcess {

    @Test
    void shouldGetNamesOfTheirOwn() {
        Node founder = founded("web", "web");
        awaitNames(founder, "spawner", "web", "web-2");

        Node late = server("web");

        awaitNames(founder, "spawner", "web", "web-2", "web-3");
        assertThat(founder.members().member(late.self().id()).name()).isEqualTo("web-3");
        assertThat(late.members().self().name()).isEqualTo("web-3");
    }

    private static void awaitNames(Node node, String... names) {
        long end = System.nanoTime() + AT_MOST.toNanos();
        while (true) {
            List<String> now =
                    node.members().all().stream().map(Member::name).sorted().toList();
            if (now.equals(List.of(names))) {
                return;
            }
            assertThat(System.nanoTime() - end).as("%s", now).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    @Test
    void shouldTravelAsThemselves() throws Exception {
        Node founder = founded("web", "web");
        NodeCluster cluster = founder.cluster(getClass().getClassLoader());
        for (Member member : cluster.members()) {
            TaskOptions there = TaskOptions.builder().on(member).build();
            boolean itself = cluster.call(there, () -> member.isSelf()).get(20, TimeUnit.SECONDS);
            assertThat(itself).as("%s is itself there", member).isTrue();
            Member returned = cluster.call(there, () -> GoAway.current().self()).get(20, TimeUnit.SECONDS);
            assertThat(returned).isEqualTo(member);
            assertThat(returned.port()).isEqualTo(member.port());
        }
    }
}
