package org.goaway.internal.node;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.goaway.ClusterConfig;
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

    static NodeConfig spawner(ClusterConfig config, String group, Stack stack, ChannelConfig.Entry entry) {
        return node(
                config, group, SPAWNER, true, stack, address(config.spawner().orElse("127.0.0.1:0")), entry);
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
                config.cluster(), channel, config.timeout(), config.output(), config.voters(), config.filepaths());
    }

    /** An address {@code host[:port]} that the configuration has checked. */
    static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return colon < 0
                ? new InetSocketAddress(text, 0)
                : new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
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
