package org.goaway.internal.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.goaway.ClusterConfig;
import org.goaway.internal.cluster.ChannelConfig.Entry;
import org.goaway.internal.cluster.Stack;
import org.junit.jupiter.api.AfterEach;

/** Nodes that a test joins one by one, and that end with it. */
abstract class NodesOfOneProcess {

    static final Duration AT_MOST = Duration.ofSeconds(30);

    final ClusterConfig config = ClusterConfig.builder().build();
    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(Node::close);
    }

    /** A program that founded a cluster with these servers. */
    Node founded(String... servers) {
        Node founder = joined(Configs.spawner(config, Entry.founder()));
        for (String server : servers) {
            server(server);
        }
        Arrival.of(founder, 1 + servers.length, AT_MOST, () -> {});
        Arrival.of(founder.found(founder.infos(), AT_MOST), AT_MOST, () -> "founds");
        return founder;
    }

    Node server(String name) {
        return joined(Configs.server(config, config.cluster(), name, Stack.IN_PROCESS, Entry.seeker(AT_MOST)));
    }

    Node joined(NodeConfig node) {
        Node joined = Node.join(node);
        nodes.add(0, joined);
        return joined;
    }
}
