package org.goaway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Collects the settings of a cluster: a method for each key of goaway.yaml. Nothing is checked before {@link #build()},
 * and what is not set keeps its default. Not for several threads at once.
 */
public final class ClusterConfigBuilder {

    private final Map<ConfigKey, Object> set;

    ClusterConfigBuilder(Map<ConfigKey, Object> set) {
        this.set = set;
    }

    /** Names the cluster; see {@link ClusterConfig#cluster()}. */
    public ClusterConfigBuilder cluster(String name) {
        return put(ConfigKey.CLUSTER, name);
    }

    /** Lists the servers' addresses; see {@link ClusterConfig#servers()}. */
    public ClusterConfigBuilder servers(String... addresses) {
        return servers(List.of(addresses));
    }

    /** Lists the servers' addresses; see {@link ClusterConfig#servers()}. */
    public ClusterConfigBuilder servers(List<String> addresses) {
        return put(ConfigKey.SERVERS, List.copyOf(addresses));
    }

    /** Says how many servers this process starts. */
    public ClusterConfigBuilder servers(int count) {
        return put(ConfigKey.SERVERS, count);
    }

    /** Lets this process start {@code count} servers on this machine: {@code launch("local")} with their number. */
    public ClusterConfigBuilder localServers(int count) {
        return launch("local").servers(count);
    }

    /** Lets this process start {@code count} servers in itself: for tests, where starting processes takes too long. */
    public ClusterConfigBuilder inProcessServers(int count) {
        return launch("in-process").servers(count);
    }

    /** Sets the address of this process, {@code host} or {@code host:port}. */
    public ClusterConfigBuilder spawner(String address) {
        return put(ConfigKey.SPAWNER, address);
    }

    /**
     * Says who starts the servers: {@code local} (this process, on this machine), {@code ssh} (this process, on the machines that
     * {@code servers} lists, where the user's keys let it log in), {@code in-process} (this process, in itself, for tests) or {@code none}.
     */
    public ClusterConfigBuilder launch(String who) {
        return put(ConfigKey.LAUNCH, who);
    }

    /**
     * Says how members find each other: {@code servers}, {@code multicast} or, with {@code stack("tunnel")}, {@code
     * gossip-router}.
     */
    public ClusterConfigBuilder discovery(String how) {
        return put(ConfigKey.DISCOVERY, how);
    }

    /** Lets the start wait until there are so many members, this one included; see {@link ClusterConfig#expect()}. */
    public ClusterConfigBuilder expect(int members) {
        return put(ConfigKey.EXPECT, members);
    }

    /**
     * Names the transport: {@code tcp}; {@code tunnel} for members that cannot connect to each other, with {@link #router};
     * {@code udp} for a trusted network, with {@link #insecure}. Others are not in this version.
     */
    public ClusterConfigBuilder stack(String name) {
        return put(ConfigKey.STACK, name);
    }

    /**
     * Lists further jars and folders whose classes may be sent to other members; {@code ~/} is the user's home folder, and relative
     * ones are in the working folder.
     */
    public ClusterConfigBuilder filepaths(String... paths) {
        return filepaths(List.of(paths));
    }

    /**
     * Lists further jars and folders whose classes may be sent to other members; {@code ~/} is the user's home folder, and relative
     * ones are in the working folder.
     */
    public ClusterConfigBuilder filepaths(List<String> paths) {
        return put(ConfigKey.FILEPATHS, paths.stream().map(HomeFolder::expand).toList());
    }

    /**
     * Names the file of the cluster's key, which {@code goaway key new} makes: with it members listen on the network, and only
     * who has the same key can connect. {@code ~/} is the user's home folder, and a relative one is in the working folder. For {@code
     * launch: none} only, in this version.
     */
    public ClusterConfigBuilder keyFile(Path file) {
        return put(ConfigKey.KEY_FILE, HomeFolder.expand(Objects.requireNonNull(file, ConfigKey.KEY_FILE.text())));
    }

    /** Says how many members vote on what the cluster agrees on: 1, 3 or 5. */
    public ClusterConfigBuilder voters(int members) {
        return put(ConfigKey.VOTERS, members);
    }

    /** Sets the lease of members; see {@link ClusterConfig#lease()}. */
    public ClusterConfigBuilder lease(Duration time) {
        return put(ConfigKey.LEASE, time);
    }

    /** Bounds operations; see {@link ClusterConfig#timeout()}. */
    public ClusterConfigBuilder timeout(Duration time) {
        return put(ConfigKey.TIMEOUT, time);
    }

    /** Says whether this process may start tasks: {@code peer}. {@code server} is not in this version. */
    public ClusterConfigBuilder role(String role) {
        return put(ConfigKey.ROLE, role);
    }

    /** Says whether the spawner runs tasks too. */
    public ClusterConfigBuilder spawnerTasks(boolean run) {
        return put(ConfigKey.SPAWNER_TASKS, run);
    }

    /** Says how many tasks a member runs at the same time. */
    public ClusterConfigBuilder taskThreads(int threads) {
        return put(ConfigKey.TASK_THREADS, threads);
    }

    /** Gives this member and the servers that it starts labels to select them by. */
    public ClusterConfigBuilder labels(String... labels) {
        return labels(List.of(labels));
    }

    /** Gives this member and the servers that it starts labels to select them by. */
    public ClusterConfigBuilder labels(List<String> labels) {
        return put(ConfigKey.LABELS, List.copyOf(labels));
    }

    /** Names the interface, address or network ({@code 10.0.0.0/8}) to use. */
    public ClusterConfigBuilder bind(String address) {
        return put(ConfigKey.BIND, address);
    }

    /** Lists the routers of {@code stack("tunnel")}, each {@code host} or {@code host:port}. */
    public ClusterConfigBuilder router(String... addresses) {
        return router(List.of(addresses));
    }

    /** Lists the routers of {@code stack("tunnel")}, each {@code host} or {@code host:port}. */
    public ClusterConfigBuilder router(List<String> addresses) {
        return put(ConfigKey.ROUTER, List.copyOf(addresses));
    }

    /** Names the java command to start servers with. */
    public ClusterConfigBuilder java(String command) {
        return put(ConfigKey.JAVA, command);
    }

    /** Lists the options of the java command that servers are started with. */
    public ClusterConfigBuilder jvmArgs(String... args) {
        return jvmArgs(List.of(args));
    }

    /** Lists the options of the java command that servers are started with. */
    public ClusterConfigBuilder jvmArgs(List<String> args) {
        return put(ConfigKey.JVM_ARGS, List.copyOf(args));
    }

    /** Allows a transport without protection, as {@code stack("udp")} is: whoever reaches it can run code on all members. */
    public ClusterConfigBuilder insecure(boolean allowed) {
        return put(ConfigKey.INSECURE, allowed);
    }

    /** Says whether what tasks print and log {@linkplain ClusterConfig#output() appears} at the spawner; otherwise it is dropped. */
    public ClusterConfigBuilder output(boolean shown) {
        return put(ConfigKey.OUTPUT, shown);
    }

    /**
     * Checks and returns the settings.
     *
     * @throws ConfigException if a value is not allowed, or two contradict each other; it names key, value and what is allowed
     */
    public ClusterConfig build() {
        ConfigChecks.check(set);
        return new ClusterConfig(set);
    }

    private ClusterConfigBuilder put(ConfigKey key, Object value) {
        set.put(key, Objects.requireNonNull(value, key.text()));
        return this;
    }
}
