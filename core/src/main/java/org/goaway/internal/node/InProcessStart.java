package org.goaway.internal.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.goaway.ClusterConfig;
import org.goaway.internal.cluster.ChannelConfig;
import org.goaway.internal.cluster.Stack;

/** Founds a cluster of nodes in this process, for tests. They ship code and values to each other like processes do. */
final class InProcessStart {

    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private InProcessStart() {}

    static Node start(ClusterConfig config) {
        List<Node> servers = new CopyOnWriteArrayList<>();
        Node node = Arrival.channel(() -> Node.join(Configs.spawner(config, ChannelConfig.Entry.founder())));
        node.figures().show();
        node.owns(new OwnNodes(node, servers));
        try {
            for (String name : Configs.serverNames(config.localServers())) {
                ChannelConfig.Entry entry = ChannelConfig.Entry.seeker(AT_MOST);
                servers.add(Arrival.channel(
                        () -> Node.join(Configs.server(config, config.cluster(), name, Stack.IN_PROCESS, entry))));
            }
            servers.forEach(server -> server.figures().show());
            Arrival.of(node, servers.size() + 1, AT_MOST, () -> {});
            Arrival.of(
                    node.found(node.infos(), AT_MOST), AT_MOST, () -> "waits for the members to agree on the cluster");
            return node;
        } catch (RuntimeException | Error e) {
            node.close();
            throw e;
        }
    }
}
