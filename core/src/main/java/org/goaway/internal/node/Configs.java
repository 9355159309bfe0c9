package org.goaway.internal.node;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.goaway.ClusterConfig;
import org.goaway.ConfigException;
import org.goaway.internal.cluster.ChannelConfig;
import org.goaway.internal.cluster.Stack;
import org.goaway.internal.security.ClusterKey;
import org.goaway.internal.security.KeyFile;

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
        return node(config, group, SPAWNER, true, stack, loopback(config), Optional.empty(), entry);
    }

    /** The node of a program among equals, which need names of their own. */
    static NodeConfig peer(ClusterConfig config, ChannelConfig.Entry entry) {
        String name = "program-" + ProcessHandle.current().pid();
        Optional<ClusterKey> key = config.keyFile().map(KeyFile::read);
        InetSocketAddress bind = config.spawner().isPresent() && key.isEmpty() ? loopback(config) : lan(config, key);
        return node(config, config.cluster(), name, true, Stack.MULTICAST, bind, key.map(Configs::secrets), entry);
    }

    /** A server in this process, which nobody outside reaches. */
    static NodeConfig server(ClusterConfig config, String group, String name, Stack stack, ChannelConfig.Entry entry) {
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return node(config, group, name, false, stack, bind, Optional.empty(), entry);
    }

    /** A server that was started by hand. */
    static NodeConfig standing(ClusterConfig config, String name, ChannelConfig.Entry entry) {
        Optional<ClusterKey> key = config.keyFile().map(KeyFile::read);
        return node(
                config,
                config.cluster(),
                name,
                false,
                Stack.MULTICAST,
                lan(config, key),
                key.map(Configs::secrets),
                entry);
    }

    private static ChannelConfig.Secrets secrets(ClusterKey key) {
        return new ChannelConfig.Secrets(key.tls(), key.discovery());
    }

    /** Where one listens whom others find: on loopback unless it has a key or says otherwise. */
    private static InetSocketAddress lan(ClusterConfig config, Optional<ClusterKey> key) {
        Optional<String> wanted = config.bind();
        InetAddress address = wanted.map(BindAddress::of)
                .or(() -> config.spawner().map(text -> BindAddress.of(host(text))))
                .orElseGet(() -> key.isPresent() ? BindAddress.towardsOthers() : InetAddress.getLoopbackAddress());
        if (key.isEmpty() && !address.isLoopbackAddress()) {
            throw new ConfigException(
                    "key_file",
                    "other machines reach " + address.getHostAddress()
                            + ", and there is no key_file that keeps strangers out."
                            + System.lineSeparator()
                            + "Make one with 'goaway key new FILE', copy it to all machines, and set key_file: FILE");
        }
        return new InetSocketAddress(
                address, config.spawner().map(Configs::port).orElse(0));
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
                taskThreads(config),
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

    /** Where the process listens that launches servers beside itself; {@code host[:port]}, as the configuration has checked. */
    private static InetSocketAddress loopback(ClusterConfig config) {
        String text = config.spawner().orElse("127.0.0.1");
        InetSocketAddress address = new InetSocketAddress(host(text), port(text));
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            throw new ConfigException(
                    "spawner",
                    "spawner: " + text + " is no loopback address, which servers on this machine need; for others use"
                            + " launch: none, discovery: multicast and a key_file");
        }
        return address;
    }

    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }

    private static int port(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? 0 : Integer.parseInt(address.substring(colon + 1));
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
