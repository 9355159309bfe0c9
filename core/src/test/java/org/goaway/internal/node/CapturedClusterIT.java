package org.goaway.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.goaway.Cluster;
import org.junit.jupiter.api.Test;

/** Functions that captured a cluster which is not the current one where they are started. */
class CapturedClusterIT extends NodesOfOneProcess {

    @Test
    void shouldRunThemForAllItems() {
        Cluster cluster = founded("server-1").cluster(getClass().getClassLoader());

        assertThat(cluster.map(List.of(1, 2), item -> item + cluster.members().size())
                        .join())
                .containsExactly(3, 4);
    }
}
