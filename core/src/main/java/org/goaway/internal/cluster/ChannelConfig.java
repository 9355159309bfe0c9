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
        if (stack == Stack.LOCAL && !entry.first() && entry.hosts().isEmpty()) {
            throw new IllegalArgumentException(
                    "member '" + name + "' is to join '" + cluster + "' but is told no address");
        }
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

    /**
     * How a member comes in.
     *
     * @param first whether this member is known to be the first: it founds the group at once and looks for nobody
     * @param hosts addresses of members that are there already; needed by joiners of the stack LOCAL only
     * @param atMost how long to try before giving up
     */
    public record Entry(boolean first, List<InetSocketAddress> hosts, Duration atMost) {

        public Entry {
            hosts = List.copyOf(hosts);
        }

        /** The member that is known to be the first. */
        public static Entry founder() {
            return new Entry(true, List.of(), Duration.ofSeconds(10));
        }

        /** A member that joins one that is there. */
        public static Entry joiner(InetSocketAddress host, Duration atMost) {
            return new Entry(false, List.of(host), atMost);
        }

        /** A member that joins whom it finds, and founds the group if it finds nobody. */
        public static Entry seeker(Duration atMost) {
            return new Entry(false, List.of(), atMost);
        }
    }
}
