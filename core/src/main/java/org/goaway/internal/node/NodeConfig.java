package org.goaway.internal.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.goaway.internal.cluster.ChannelConfig;

/**
 * What a node is told when it is made.
 *
 * @param cluster the cluster's name, for people
 * @param channel how it becomes a member, and as whom
 * @param timeout an operation's bound
 * @param lease the members' lease, if this node founds the cluster
 * @param output whether what its tasks print is sent to their spawner
 * @param voters how many members are to vote, if this node founds the cluster
 * @param filepaths further jars and folders whose classes may be shipped
 */
record NodeConfig(
        String cluster,
        ChannelConfig channel,
        Duration timeout,
        Duration lease,
        boolean output,
        int voters,
        List<Path> filepaths) {

    NodeConfig {
        filepaths = List.copyOf(filepaths);
    }
}
