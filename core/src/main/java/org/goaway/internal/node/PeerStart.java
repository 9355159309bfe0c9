package org.goaway.internal.node;

import java.time.Duration;
import org.goaway.ClusterConfig;
import org.goaway.internal.cluster.ChannelConfig;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.cluster.Stack;

/**
 * Joins members that run already. Among equals the first one in the view founds the cluster, once the expected members
 * are there; the others wait to be founded.
 */
final class PeerStart {

    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private PeerStart() {}

    static Node start(ClusterConfig config) {
        ChannelConfig.Entry entry = ChannelConfig.Entry.seeker(AT_MOST);
        Node node = Arrival.channel(() -> Node.join(Configs.spawner(config, config.cluster(), Stack.MULTICAST, entry)));
        try {
            Arrival.of(node, config.expect().orElse(1), AT_MOST, () -> {});
            if (isFounder(node)) {
                Arrival.of(node.found(node.infos()), AT_MOST, () -> "waits for the members to agree on the cluster");
            } else {
                Arrival.of(node.begun(), AT_MOST, () -> "waits for " + founder(node) + " to found the cluster");
            }
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private static boolean isFounder(Node node) {
        return founder(node).equals(node.self());
    }

    private static MemberInfo founder(Node node) {
        return node.infos().stream().filter(MemberInfo::spawner).findFirst().orElseThrow();
    }
}
