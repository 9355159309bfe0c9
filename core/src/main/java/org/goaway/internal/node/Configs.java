package org.goaway.internal.node;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.goaway.ClusterConfig;
import org.goaway.internal.cluster.ChannelConfig;
import org.goaway.internal.cluster.Host;
import org.goaway.internal.cluster.Stack;
import org.goaway.internal.security.ClusterKey;

/** What a user's configuration means for the spawner's own node, and for nodes in this process. */
final class Configs {

    static final String SPAWNER = "spawner";

    private static final int THREADS_PER_PROCESSOR = 4;

    private Configs() {}

    /** How many tasks a member of this machine runs at the same time that was told nothing. */
    static int usualTaskThreads() {
        return THREADS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    }

    /** The node of a program that launches its servers. */
    static NodeConfig spawner(ClusterConfig config, String group, Fleet fleet, ChannelConfig.Entry entry) {
        return node(
                config,
                group,
                SPAWNER,
                true,
                Stack.LOCAL,
                fleet.bind(),
                fleet.key().map(Configs::secrets),
                entry);
    }

    /** The node of a program whose servers are in this process. */
    static NodeConfig spawner(ClusterConfig config, ChannelConfig.Entry entry) {
        return node(
                config,
                config.cluster(),
                SPAWNER,
                true,
                Stack.IN_PROCESS,
                Listening.loopback(config),
                Optional.empty(),
                entry);
    }

    /** The node of a program among equals, which need names of their own. */
    static NodeConfig peer(ClusterConfig config, Duration atMost) {
        String name = "program-" + ProcessHandle.current().pid();
        return equal(config, name, true, Listening.ofProgram(config), atMost);
    }

    /** A server in this process, which nobody outside reaches. */
    static NodeConfig server(ClusterConfig config, String group, String name, Stack stack, ChannelConfig.Entry entry) {
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return node(config, group, name, false, stack, bind, Optional.empty(), entry);
    }

    /**
     * A server that was started by hand.
     *
     * @param port where it is to listen; empty: where the configuration expects it, any free port if nowhere
     */
    static NodeConfig standing(ClusterConfig config, String name, OptionalInt port, Duration atMost) {
        return equal(config, name, false, Listening.ofServer(config, port), atMost);
    }

    private static NodeConfig equal(
            ClusterConfig config, String name, boolean spawner, Listening listening, Duration atMost) {
        return node(
                config,
                config.cluster(),
                name,
                spawner,
                stack(config),
                listening.bind(),
                listening.key().map(Configs::secrets),
                ChannelConfig.Entry.seeker(hosts(config), atMost));
    }

    private static Stack stack(ClusterConfig config) {
        return switch (config.stack()) {
            case TCP -> config.discovery() == ClusterConfig.Discovery.SERVERS ? Stack.SERVERS : Stack.MULTICAST;
            case TUNNEL -> Stack.TUNNEL;
            case UDP -> Stack.UDP;
        };
    }

    /** What leads to the other members: the list of servers or of routers, if one is to be used. */
    static List<Host> hosts(ClusterConfig config) {
        return switch (config.discovery()) {
            case SERVERS ->
                config.servers().stream()
                        .map(text -> Host.of(text, ClusterConfig.USUAL_PORT))
                        .toList();
            case MULTICAST -> List.of();
            case GOSSIP_ROUTER ->
                config.router().stream()
                        .map(text -> Host.of(text, ClusterConfig.USUAL_ROUTER_PORT))
                        .toList();
        };
    }

    static ChannelConfig.Secrets secrets(ClusterKey key) {
        return new ChannelConfig.Secrets(key.tls(), key.discovery());
    }

    private static NodeConfig node(
            ClusterConfig config,
            String group,
            String name,
            boolean spawner,
            Stack stack,
            InetSocketAddress bind,
            Optional<ChannelConfig.Secrets> secrets,
            ChannelConfig.Entry entry) {
        ChannelConfig channel = new ChannelConfig(
                group,
                name,
                spawner,
                List.copyOf(config.labels()),
                config.taskThreads().orElseGet(Configs::usualTaskThreads),
                !spawner || config.spawnerTasks(),
                stack,
                bind,
                secrets,
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

    /** {@code server-1} and so on. */
    static List<String> serverNames(int servers) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= servers; i++) {
            names.add("server-" + i);
        }
        return names;
    }
}
