package org.goaway.internal.node;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.goaway.ClusterConfig;
import org.goaway.ConfigException;
import org.goaway.internal.cluster.ChannelConfig;
import org.goaway.internal.cluster.Stack;

/** What a user's configuration means for the spawner's own node, and for nodes in this process. */
final class Configs {

    static final String SPAWNER = "spawner";

    private static final int THREADS_PER_PROCESSOR = 4;

    private Configs() {}

    static int taskThreads(ClusterConfig config) {
        return config.taskThreads()
                .orElse(THREADS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
    }

    /** The node of a program that launches its servers. */
    static NodeConfig spawner(ClusterConfig config, String group, Stack stack, ChannelConfig.Entry entry) {
        return node(config, group, SPAWNER, true, stack, address(config), entry);
    }

    /** The node of a program among equals, which need names of their own. */
    static NodeConfig peer(ClusterConfig config, ChannelConfig.Entry entry) {
        String name = "program-" + ProcessHandle.current().pid();
        return node(config, config.cluster(), name, true, Stack.MULTICAST, address(config), entry);
    }

    static NodeConfig server(ClusterConfig config, String group, String name, Stack stack, ChannelConfig.Entry entry) {
        return node(
                config, group, name, false, stack, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), entry);
    }

    private static NodeConfig node(
            ClusterConfig config,
            String group,
            String name,
            boolean spawner,
            Stack stack,
            InetSocketAddress bind,
            ChannelConfig.Entry entry) {
        ChannelConfig channel = new ChannelConfig(
                group,
                name,
                spawner,
                List.copyOf(config.labels()),
                taskThreads(config),
                !spawner || config.spawnerTasks(),
                stack,
                bind,
                entry);
        return new NodeConfig(
                config.cluster(),
                channel,
                config.timeout(),
                config.lease(),
                config.output(),
                config.voters(),
                config.filepaths());
    }

    /** Where this process listens; {@code host[:port]}, as the configuration has checked. */
    private static InetSocketAddress address(ClusterConfig config) {
        String text = config.spawner().orElse("127.0.0.1");
        int colon = text.lastIndexOf(':');
        InetSocketAddress address = colon < 0
                ? new InetSocketAddress(text, 0)
                : new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            throw new ConfigException(
                    "spawner", "spawner: " + text + " is no loopback address, and no other is in this version");
        }
        return address;
    }

    /** {@code server-1} and so on. */
    static List<String> serverNames(int servers) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= servers; i++) {
            names.add("server-" + i);
        }
        return names;
    }
}
