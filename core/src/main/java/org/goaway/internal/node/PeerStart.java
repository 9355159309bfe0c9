package org.goaway.internal.node;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.ClusterConfig;
import org.goaway.ConfigException;
import org.goaway.GoAwayException;
import org.goaway.internal.cluster.ChannelConfig;
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
        ChannelConfig.Entry entry = ChannelConfig.Entry.seeker(AT_MOST);
        Node node = Arrival.channel(() -> Node.join(Configs.peer(config, entry)));
        try {
            Arrival.of(node, expected, AT_MOST, () -> {});
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
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private static int expected(ClusterConfig config) {
        if (config.discovery() != ClusterConfig.Discovery.MULTICAST) {
            throw new ConfigException(
                    "discovery", "launch: none needs discovery: multicast; a list of servers is not in this version");
        }
        return config.expect()
                .orElseThrow(() -> new ConfigException(
                        "expect", "discovery: multicast needs expect: the number of members, this one included"));
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
