package sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.goaway.Cluster;
import org.goaway.testing.GoAwayCluster;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A class that asks for another cluster than the one around it. */
@Tag("process")
@GoAwayCluster(nodes = 1)
class NestedClusterIT {

    private static final AtomicReference<Cluster> AROUND = new AtomicReference<>();

    @Test
    void shouldBeTheOuterClassesFirst(Cluster cluster) {
        assertThat(cluster.members()).hasSize(2);
        AROUND.set(cluster);
    }

    @Nested
    @GoAwayCluster(nodes = 2)
    class Inside {

        @Test
        void shouldBeTheNestedClassesOwn(Cluster cluster) {
            assertThat(cluster.members()).hasSize(3);
            assertThat(AROUND.get()).matches(Cluster::isClosed);
        }
    }
}
