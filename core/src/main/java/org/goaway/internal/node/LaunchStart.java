package org.goaway.internal.node;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import org.goaway.ClusterConfig;
import org.goaway.internal.cluster.ChannelConfig;
import org.goaway.internal.launch.Launch;
import org.goaway.internal.launch.ServerCommand;
import org.goaway.internal.launch.ServerProcess;

/**
 * Starts server processes, on this machine or on others, and founds a cluster with them. The processes boot while this process
 * becomes the first member; they join as soon as they are told where it is.
 */
final class LaunchStart {

    private static final Duration AT_MOST = Duration.ofSeconds(60);

    /** Jars may have to be copied first, over whatever network. */
    private static final Duration START = Duration.ofMinutes(15);

    private static final int KEY_BITS = 128;

    private LaunchStart() {}

    static Node start(ClusterConfig config) {
        Fleet fleet = Fleet.of(config);
        Launch launch = Launch.begin(
                ServerCommand.of(config.java(), config.jvmArgs(), ServerMain.class.getName()),
                fleet.servers(),
                LaunchStart::printed);
        Node node = null;
        try {
            String group = group(config);
            node = Arrival.channel(
                    () -> Node.join(Configs.spawner(config, group, fleet, ChannelConfig.Entry.founder())));
            node.rehearse();
            OwnProcesses servers = new OwnProcesses(
                    Arrival.of(launch.started(), START, () -> "waits for the servers' processes to start"));
            for (ServerProcess server : servers.all()) {
                server.tell(LaunchedServer.settings(group, server, config, fleet.key(), node.self()));
            }
            Arrival.of(node, servers.all().size() + 1, AT_MOST, servers::check);
            Arrival.of(
                    node.found(node.infos(), AT_MOST), AT_MOST, () -> "waits for the members to agree on the cluster");
            node.owns(servers);
            servers.tell(node);
            node.figures().show();
            return node;
        } catch (RuntimeException | Error e) {
            launch.abandon();
            if (node != null) {
                node.close();
            }
            throw e;
        }
    }

    /**
     * The name that JGroups knows the group by. Part of it is a key that only the servers are told, on their standard
     * input: who does not know it is not heard.
     */
    private static String group(ClusterConfig config) {
        return config.cluster() + "/" + new BigInteger(KEY_BITS, new SecureRandom()).toString(Character.MAX_RADIX);
    }

    private static void printed(String server, String line) {
        System.err.println("[" + server + "] " + line);
    }
}
