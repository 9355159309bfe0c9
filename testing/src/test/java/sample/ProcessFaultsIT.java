package sample;

import org.goaway.Cluster;
import org.goaway.testing.GoAwayCluster;
import org.goaway.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults of processes. In one test, since it takes a while until members are back. */
@Tag("process")
@GoAwayCluster(nodes = 2, processes = true)
class ProcessFaultsIT {

    @Test
    void shouldHarmAndMend(Cluster cluster, TestCluster members) throws Exception {
        FaultsCheck.pause(cluster, members, members.member("server-1"));
        FaultsCheck.part(cluster, members, members.member("server-2"));
        FaultsCheck.kill(cluster, members, members.member("server-1"));
    }
}
