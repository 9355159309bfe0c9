package org.goaway.internal.node;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.goaway.ClusterConfig;
import org.goaway.internal.cluster.ChannelConfig;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.cluster.Stack;
import org.goaway.internal.launch.ServerProcess;
import org.goaway.internal.launch.ServerSettings;
import org.goaway.internal.security.ClusterKey;

/** What a spawner tells the servers that it launches, and how they read it. */
final class LaunchedServer {

    private static final Duration JOIN = Duration.ofSeconds(60);

    private LaunchedServer() {}

    /** @param key what members of other machines have; none where all are on this one */
    static ServerSettings settings(
            String group, ServerProcess server, ClusterConfig config, Optional<ClusterKey> key, MemberInfo spawner) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("cluster", config.cluster());
        values.put("group", group);
        values.put("key", key.map(ClusterKey::encoded).orElse(""));
        values.put("name", server.name());
        values.put("listen", Integer.toString(server.port()));
        values.put("host", spawner.host());
        values.put("port", Integer.toString(spawner.port()));
        values.put("timeout", config.timeout().toString());
        values.put("lease", config.lease().toString());
        config.taskThreads().ifPresent(threads -> values.put("threads", Integer.toString(threads)));
        values.put("output", Boolean.toString(config.output()));
        values.put("labels", String.join(",", config.labels()));
        return new ServerSettings(values);
    }

    static NodeConfig config(ServerSettings settings) {
        InetSocketAddress spawner = new InetSocketAddress(settings.get("host"), Integer.parseInt(settings.get("port")));
        String labels = settings.get("labels");
        Optional<ClusterKey> key =
                Optional.of(settings.get("key")).filter(text -> !text.isEmpty()).map(ClusterKey::decode);
        ChannelConfig channel = new ChannelConfig(
                settings.get("group"),
                settings.get("name"),
                false,
                labels.isEmpty() ? List.of() : List.of(labels.split(",")),
                settings.find("threads").map(Integer::valueOf).orElseGet(Configs::usualTaskThreads),
                true,
                Stack.LOCAL,
                new InetSocketAddress(
                        key.isEmpty()
                                ? BindAddress.loopback(spawner.getAddress())
                                : BindAddress.towards(List.of(spawner)),
                        Integer.parseInt(settings.get("listen"))),
                key.map(Configs::secrets),
                ChannelConfig.Entry.joiner(spawner, JOIN));
        return new NodeConfig(
                settings.get("cluster"),
                channel,
                Duration.parse(settings.get("timeout")),
                Duration.parse(settings.get("lease")),
                Boolean.parseBoolean(settings.get("output")),
                0,
                List.<Path>of());
    }
}
