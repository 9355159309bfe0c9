package sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.goaway.Cluster;
import org.goaway.testing.GoAwayCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One instance for all tests of the class, which is made before any of them begins. */
@Tag("process")
@GoAwayCluster(nodes = 1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneInstanceIT {

    private final Cluster shared;

    OneInstanceIT(Cluster cluster) {
        this.shared = cluster;
    }

    @Test
    void shouldHaveGivenTheClusterToTheConstructor(Cluster cluster) {
        assertThat(cluster).isSameAs(shared);
        assertThat(cluster.members()).hasSize(2);
    }
}
