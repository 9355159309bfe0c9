package org.goaway.internal.node;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.ClusterConfig;
import org.goaway.ConfigException;
import org.goaway.GoAwayException;
import org.goaway.internal.cluster.Host;
import org.goaway.internal.cluster.MemberInfo;

/**
 * Joins members that run already. Among equals the first one in the view founds the cluster, once the expected members
 * are there; the others wait to be founded.
 */
final class PeerStart {

    private static final Logger LOG = LogManager.getLogger(PeerStart.class);

    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private static final Duration ASK_AGAIN = Duration.ofMillis(200);

    private PeerStart() {}

    static Node start(ClusterConfig config) {
        int expected = expected(config);
        Node node = Arrival.channel(() -> Node.join(Configs.peer(config, AT_MOST)));
        try {
            Arrival.of(node, expected, AT_MOST, () -> {}, () -> silent(config, node));
            if (founder(node).equals(node.self())) {
                awaitReady(node, expected);
                Arrival.of(
                        node.found(node.infos(), AT_MOST),
                        AT_MOST,
                        () -> "waits for the members to agree on the cluster");
            } else {
                Arrival.of(
                        node.begun(),
                        AT_MOST,
                        () -> "waits for " + founder(node)
                                + " to found the cluster, or to be taken into the one that runs");
            }
            node.figures().show();
            return node;
        } catch (RuntimeException e) {
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

    /** Servers of an earlier program need a moment to begin afresh; others will not join however long one waits. */
    private static void awaitReady(Node node, int expected) {
        long end = System.nanoTime() + AT_MOST.toNanos();
        long warnAt = System.nanoTime() + Arrival.WARN_EVERY.toNanos();
        while (true) {
            try {
                Arrival.of(node, expected, AT_MOST, () -> {});
                Arrival.of(node.ask(node.infos()), AT_MOST, () -> "asks the members whether they would join");
                return;
            } catch (GoAwayException refused) {
                boolean lasting = refused instanceof Founding.Refused answer && answer.isLasting();
                if (lasting || System.nanoTime() - end > 0) {
                    throw refused;
                }
                if (System.nanoTime() - warnAt > 0) {
                    LOG.warn("the start waits until all would join: {}", refused.getMessage());
                    warnAt = System.nanoTime() + Arrival.WARN_EVERY.toNanos();
                }
                LockSupport.parkNanos(ASK_AGAIN.toNanos());
            }
        }
    }

    private static MemberInfo founder(Node node) {
        return node.infos().stream().filter(MemberInfo::spawner).findFirst().orElseThrow();
    }
}
