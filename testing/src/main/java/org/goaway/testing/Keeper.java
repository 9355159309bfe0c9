package org.goaway.testing;

import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;

/** Starts the cluster that tests share, and a fresh one where the last is not whole. */
final class Keeper {

    private final String owner;
    private final ClusterConfig config;
    private TestCluster current;

    /** @param owner the unique id of the class or test that the clusters are for */
    Keeper(String owner, GoAwayCluster wanted) {
        if (wanted.nodes() < 1) {
            throw new IllegalArgumentException(
                    "@GoAwayCluster(nodes = " + wanted.nodes() + "): a cluster has at least 1 server");
        }
        this.owner = owner;
        this.config = (wanted.processes()
                        ? ClusterConfig.builder().localServers(wanted.nodes())
                        : ClusterConfig.builder().inProcessServers(wanted.nodes()))
                .spawnerTasks(wanted.spawnerTasks())
                .build();
    }

    boolean isOf(String uniqueId) {
        return owner.equals(uniqueId);
    }

    synchronized TestCluster cluster() {
        if (current == null || current.cluster().isClosed()) {
            Cluster started = GoAway.init(config);
            try {
                current = TestCluster.of(started);
            } catch (RuntimeException e) {
                started.close();
                throw e;
            }
        }
        return current;
    }

    synchronized void afterTest() {
        if (current != null && current.isHarmed()) {
            close();
        }
    }

    synchronized void close() {
        if (current != null) {
            TestCluster last = current;
            current = null;
            last.end();
        }
    }
}
