package org.goaway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The settings of a cluster as one of its members was given them. Immutable.
 *
 * <p>What is not set here is looked up when the cluster starts, in this order: system properties {@code goaway.*},
 * environment variables {@code GOAWAY_*}, the file if there is one, and the default that the getter names.
 *
 * <pre>{@code
 * ClusterConfig.builder().localServers(3).timeout(Duration.ofSeconds(5)).build()
 * }</pre>
 */
public final class ClusterConfig {

    /** The port of servers of which the list names none. */
    public static final int USUAL_PORT = 9060;

    /** The port of routers of which the configuration names none. */
    public static final int USUAL_ROUTER_PORT = 12_001;

    /** Who starts the servers. */
    public enum Launch {
        /** This process logs in on other machines, starts them there, and ends them. */
        SSH,
        /** This process starts them as processes of this machine, and ends them. */
        LOCAL,
        /** This process starts them as nodes in itself, for tests. */
        IN_PROCESS,
        /** They run already, or are equals of this process. */
        NONE
    }

    /** How members talk with {@link Launch#NONE}. */
    public enum Stack {
        /** By connections among all members; with a key these are TLS. */
        TCP,
        /** By datagrams and multicast, which nothing protects: for networks of which all machines are trusted. */
        UDP,
        /** By connections to a router; with a key these are TLS. */
        TUNNEL
    }

    /** How members find each other with {@link Launch#NONE}. */
    public enum Discovery {
        /** At the addresses of the key {@code servers}. */
        SERVERS,
        /** By multicast on the local network. */
        MULTICAST,
        /** Through the routers to which all members connect. */
        GOSSIP_ROUTER
    }

    private final Map<ConfigKey, Object> set;
    private final String cluster;

    ClusterConfig(Map<ConfigKey, Object> set) {
        this.set = new EnumMap<>(set);
        cluster = get(ConfigKey.CLUSTER, null) instanceof String name ? name : ConfigDefaults.cluster(launch());
    }

    /** A builder with nothing set. */
    public static ClusterConfigBuilder builder() {
        return new ClusterConfigBuilder(new EnumMap<>(ConfigKey.class));
    }

    /** A builder that has set what this one's had, and nothing else. */
    public ClusterConfigBuilder toBuilder() {
        return new ClusterConfigBuilder(new EnumMap<>(set));
    }

    /** Whether the key was set, rather than left to its default. */
    public boolean isSet(ConfigKey key) {
        return set.containsKey(key);
    }

    /**
     * The cluster's name; clusters of different names never meet. {@code goaway-} and the user's name by default, and a
     * new random one where this process starts the servers. Where none is set here, that of the cluster that these settings start is
     * another one: {@link Cluster#name()} tells it.
     */
    public String cluster() {
        return cluster;
    }

    /**
     * The addresses of the servers, each {@code host} or {@code host:port} ({@link #USUAL_PORT} by default); none by default. A
     * name stands for all its addresses.
     *
     * <p>With {@link Launch#SSH} each is one machine, also {@code user@host:port}; the port is the one that the server listens on,
     * any free one by default. Which port SSH has is for {@code ~/.ssh/config} to say.
     */
    public List<String> servers() {
        return get(ConfigKey.SERVERS, null) instanceof Integer ? List.of() : list(ConfigKey.SERVERS);
    }

    /**
     * How many servers this process starts beside itself; 0 with {@link Launch#NONE} and {@link Launch#SSH}. By default one for
     * each processor, but from 2 to 4.
     */
    public int localServers() {
        return switch (launch()) {
            case LOCAL, IN_PROCESS -> get(ConfigKey.SERVERS, ConfigDefaults.localServers());
            case SSH, NONE -> 0;
        };
    }

    /** The address of this process, {@code host} or {@code host:port}; empty: the one that routes to the servers. */
    public Optional<String> spawner() {
        return Optional.ofNullable(get(ConfigKey.SPAWNER, null));
    }

    /** Who starts the servers; {@link Launch#LOCAL} by default. */
    public Launch launch() {
        return LaunchChecks.launch(get(ConfigKey.LAUNCH, "local"));
    }

    /** How members talk; {@link Stack#TCP} by default. */
    public Stack stack() {
        return StackChecks.stack(get(ConfigKey.STACK, "tcp"));
    }

    /** Whether a stack without protection was asked for; false by default. */
    public boolean insecure() {
        return get(ConfigKey.INSECURE, false);
    }

    /** How members find each other; by default in the way of the stack, which for TCP is {@link Discovery#SERVERS}. */
    public Discovery discovery() {
        return isSet(ConfigKey.DISCOVERY)
                ? ConfigChecks.discovery(get(ConfigKey.DISCOVERY, ""))
                : StackChecks.usualDiscovery(stack());
    }

    /**
     * The routers of {@code stack: tunnel}, each {@code host} or {@code host:port} ({@link #USUAL_ROUTER_PORT} by default); none by
     * default.
     */
    public List<String> router() {
        return list(ConfigKey.ROUTER);
    }

    /**
     * How many members, this one included, there are to be before the start ends. Needed with {@link Launch#NONE}, where a start
     * without it is refused; a {@code goaway node} does not look at it. With the others the start waits for the servers that it
     * launches: with ssh this is not asked, and with local and in-process it is refused.
     */
    public OptionalInt expect() {
        Integer members = get(ConfigKey.EXPECT, null);
        return members == null ? OptionalInt.empty() : OptionalInt.of(members);
    }

    /**
     * Further jars and folders whose classes may be sent to other members; none by default. Relative ones are in the working folder
     * of this process.
     */
    public List<Path> filepaths() {
        return list(ConfigKey.FILEPATHS).stream().map(Path::of).toList();
    }

    /**
     * How many members vote on what the cluster agrees on, at most; 3 by default. Those that are there vote, an odd number of them:
     * servers in the order in which they came, then programs. A server that is the only one votes alone.
     */
    public int voters() {
        return get(ConfigKey.VOTERS, 3);
    }

    /**
     * For how long a member may read its copies without being heard of, and so for how long writes of LinFastRead and locks
     * wait for one that was lost; 2 seconds by default. A shorter one costs more messages, and pauses of a JVM end it. It must
     * be the same at all members.
     */
    public Duration lease() {
        return get(ConfigKey.LEASE, Duration.ofSeconds(2));
    }

    /**
     * How long an operation may take before it ends with {@link UnavailableException} or {@link OutcomeUnknownException};
     * 10 seconds by default.
     */
    public Duration timeout() {
        return get(ConfigKey.TIMEOUT, Duration.ofSeconds(10));
    }

    /** Whether the spawner runs tasks too; true by default. */
    public boolean spawnerTasks() {
        return get(ConfigKey.SPAWNER_TASKS, true);
    }

    /**
     * How many tasks this member runs at the same time, and each of the servers that it starts; empty: each 4 for every processor
     * of its own machine.
     */
    public OptionalInt taskThreads() {
        Integer threads = get(ConfigKey.TASK_THREADS, null);
        return threads == null ? OptionalInt.empty() : OptionalInt.of(threads);
    }

    /** The labels of this member, and of the servers that it starts; none by default. */
    public Set<String> labels() {
        return Set.copyOf(list(ConfigKey.LABELS));
    }

    /**
     * The file with the key that the members share, a relative one in the working folder of this process; empty: none, and only this
     * machine reaches them.
     */
    public Optional<Path> keyFile() {
        return Optional.ofNullable(get(ConfigKey.KEY_FILE, null));
    }

    /**
     * The interface's name, address or network to use; empty: with {@link Launch#SSH} what routes to the first server, else what
     * routes to other machines where there is a key, else loopback.
     */
    public Optional<String> bind() {
        return Optional.ofNullable(get(ConfigKey.BIND, null));
    }

    /**
     * The java command that servers are started with; empty: the one that this process runs on, and on other machines the one on
     * the path of the user there, or in its {@code JAVA_HOME}.
     */
    public Optional<String> java() {
        return Optional.ofNullable(get(ConfigKey.JAVA, null));
    }

    /** The options of the java command that servers are started with; none by default. */
    public List<String> jvmArgs() {
        return list(ConfigKey.JVM_ARGS);
    }

    /**
     * Whether what tasks print and log appears at the spawner; true by default. Without it a program shows nothing of its tasks,
     * wherever they run, and a member sends nothing of the tasks that it runs; servers that a program launches do as it does. What
     * other members send such a program is in {@link RemoteTask#output()} only.
     */
    public boolean output() {
        return get(ConfigKey.OUTPUT, true);
    }

    private List<String> list(ConfigKey key) {
        return get(key, List.of());
    }

    /** The builder's methods give each key one type; that is what makes the cast safe. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private <T> T get(ConfigKey key, T otherwise) {
        Object value = set.get(key);
        return value == null ? otherwise : (T) value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClusterConfig that && set.equals(that.set) && cluster.equals(that.cluster);
    }

    @Override
    public int hashCode() {
        return set.hashCode();
    }

    /** What was set, and the cluster's name. */
    @Override
    public String toString() {
        return "ClusterConfig '" + cluster + "' " + set;
    }
}
