package org.goaway.internal.node;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.ClusterConfig;
import org.goaway.ConfigException;
import org.goaway.internal.cluster.Host;

/**
 * Joins members that run already, and begins with them once the expected members are there.
 */
final class PeerStart {

    private static final Logger LOG = LogManager.getLogger(PeerStart.class);

    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private PeerStart() {}

    static Node start(ClusterConfig config) {
        int expected = expected(config);
        Node node = Arrival.channel(() -> Node.join(Configs.peer(config, AT_MOST)));
        try {
            node.rehearse();
            Arrival.of(node, expected, AT_MOST, () -> {}, () -> silent(config, node));
            Beginning.of(node, expected, AT_MOST);
            node.figures().show();
            return node;
        } catch (RuntimeException | Error e) {
            node.close();
            throw e;
        }
    }

    private static int expected(ClusterConfig config) {
        boolean listed = config.discovery() == ClusterConfig.Discovery.SERVERS;
        if (!listed && !config.servers().isEmpty()) {
            LOG.warn(
                    "'servers' lists {}, which nobody asks: members find each other by {}; leave one of the two out",
                    config.servers(),
                    config.discovery());
        }
        if (listed && config.servers().isEmpty()) {
            throw new ConfigException(
                    "servers",
                    "launch: none needs to know where others are: list them as servers: [host:port], or use discovery: multicast");
        }
        String how = switch (config.discovery()) {
            case SERVERS -> "a list of servers";
            case MULTICAST -> "discovery: multicast";
            case GOSSIP_ROUTER -> "stack: tunnel";
        };
        return config.expect()
                .orElseThrow(() ->
                        new ConfigException("expect", how + " needs expect: the number of members, this one included"));
    }

    /** Which of the list are not there, for who waits for them. */
    private static String silent(ClusterConfig config, Node node) {
        if (config.discovery() != ClusterConfig.Discovery.SERVERS) {
            return "";
        }
        Set<Host> present = node.infos().stream()
                .map(member -> new Host(member.host(), member.port()))
                .collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        for (Host host : Configs.hosts(config)) {
            try {
                for (InetSocketAddress address : host.addresses()) {
                    Host one = Host.of(address);
                    if (!present.contains(one)) {
                        missing.add(one.name().equals(host.name()) ? one.toString() : host + " (" + one + ")");
                    }
                }
            } catch (UnknownHostException e) {
                missing.add(host + " (nobody knows this name)");
            }
        }
        return "; of servers there is nobody at " + missing;
    }
}
