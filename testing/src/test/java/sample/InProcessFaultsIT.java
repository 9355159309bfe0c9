package sample;

import org.goaway.Cluster;
import org.goaway.testing.GoAwayCluster;
import org.goaway.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults of nodes in this process; links are cut in the same way everywhere. */
@Tag("process")
@GoAwayCluster(nodes = 2)
class InProcessFaultsIT {

    @Test
    void shouldHarmAndMend(Cluster cluster, TestCluster members) throws Exception {
        FaultsCheck.pause(cluster, members, members.member("server-1"));
        FaultsCheck.kill(cluster, members, members.member("server-1"));
    }
}
