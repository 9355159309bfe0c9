package org.goaway.internal.cluster;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.net.ssl.SSLContext;

/**
 * What a node needs to know to become a member.
 *
 * @param cluster clusters of different names never meet
 * @param name this member's name, for people
 * @param spawner whether this member runs the program
 * @param labels what tasks may ask for
 * @param taskThreads how many tasks it runs at the same time
 * @param runsTasks whether it gets tasks that are not bound to it
 * @param stack how members reach each other
 * @param bind the interface to listen on, and the port; port 0 takes any free one. Not used in process
 * @param secrets what proves to others that this is a member; none where only processes of this machine can reach it
 * @param entry how it comes in
 */
public record ChannelConfig(
        String cluster,
        String name,
        boolean spawner,
        List<String> labels,
        int taskThreads,
        boolean runsTasks,
        Stack stack,
        InetSocketAddress bind,
        Optional<Secrets> secrets,
        Entry entry) {

    public ChannelConfig {
        Objects.requireNonNull(cluster);
        Objects.requireNonNull(name);
        Objects.requireNonNull(stack);
        Objects.requireNonNull(bind);
        Objects.requireNonNull(secrets);
        Objects.requireNonNull(entry);
        labels = List.copyOf(labels);
    }

    /**
     * What only members have.
     *
     * @param tls makes connections with members only
     * @param sealing seals what is sent to all that listen
     */
    public record Secrets(SSLContext tls, SecretKey sealing) {

        public Secrets {
            Objects.requireNonNull(tls);
            Objects.requireNonNull(sealing);
        }
    }

    /** What a member does about others when it comes in. */
    public enum Way {
        /** It is known to be the first: it founds the group at once and looks for nobody. */
        FOUND,
        /** It joins others, who are there, or gives up. */
        JOIN,
        /** It joins whom it finds, and founds the group if it finds nobody. */
        SEEK
    }

    /**
     * How a member comes in.
     *
     * @param way what it does about others
     * @param hosts where others may be, on stacks on which they do not find each other by themselves; of a seeker some may be
     *     missing, or nobody be there. In a tunnel, where routers are
     * @param atMost how long to try before giving up
     */
    public record Entry(Way way, List<Host> hosts, Duration atMost) {

        public Entry {
            hosts = List.copyOf(hosts);
            if (way == Way.JOIN && hosts.isEmpty()) {
                throw new IllegalArgumentException("who is to join is told no address");
            }
        }

        /** The member that is known to be the first. */
        public static Entry founder() {
            return new Entry(Way.FOUND, List.of(), Duration.ofSeconds(10));
        }

        /** A member that joins one that is there. */
        public static Entry joiner(InetSocketAddress host, Duration atMost) {
            Host known = host.isUnresolved() ? new Host(host.getHostString(), host.getPort()) : Host.of(host);
            return new Entry(Way.JOIN, List.of(known), atMost);
        }

        /** A member that joins whom it finds, and founds the group if it finds nobody. */
        public static Entry seeker(Duration atMost) {
            return seeker(List.of(), atMost);
        }

        /** A member that joins whom it finds at these, and founds the group if it finds nobody. */
        public static Entry seeker(List<Host> hosts, Duration atMost) {
            return new Entry(Way.SEEK, hosts, atMost);
        }

        /** Whether this member is known to be the first. */
        public boolean first() {
            return way == Way.FOUND;
        }
    }
}
