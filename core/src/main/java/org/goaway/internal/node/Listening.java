package org.goaway.internal.node;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.ClusterConfig;
import org.goaway.ConfigException;
import org.goaway.internal.cluster.Host;
import org.goaway.internal.security.ClusterKey;
import org.goaway.internal.security.KeyFile;

/**
 * Where a member listens, and behind which key.
 *
 * @param key none where only this machine reaches it, or the configuration asks for a stack without
 */
record Listening(InetSocketAddress bind, Optional<ClusterKey> key) {

    private static final Logger LOG = LogManager.getLogger(Listening.class);

    /**
     * As the configuration of a program among equals says: on loopback, unless it has a key or says otherwise; at any free port,
     * unless {@code spawner} says one.
     *
     * @throws ConfigException if it cannot listen there, or others would reach it and there is no key
     */
    static Listening ofProgram(ClusterConfig config) {
        return of(config, config.spawner().map(text -> Host.of(text, 0)), OptionalInt.of(0));
    }

    /**
     * As the configuration of a server among equals says, likewise. What it says of the spawner is about another process, which
     * may have the same file.
     *
     * @param port where it is to listen; empty: where the list of servers has it
     * @throws ConfigException if it cannot listen there, or others would reach it and there is no key
     */
    static Listening ofServer(ClusterConfig config, OptionalInt port) {
        return of(config, Optional.empty(), port);
    }

    /** @param own what is said of this process, and wins over {@code port} */
    private static Listening of(ClusterConfig config, Optional<Host> own, OptionalInt port) {
        Optional<ClusterKey> key = config.keyFile().map(KeyFile::read);
        List<List<InetSocketAddress>> known = known(config);
        List<InetSocketAddress> listed = ofOneFamily(known);
        boolean connectsOnly = config.discovery() == ClusterConfig.Discovery.GOSSIP_ROUTER;
        Optional<InetAddress> wanted = config.bind().map(BindAddress::of).or(() -> own.map(BindAddress::ofSpawner));
        Optional<InetSocketAddress> entry =
                port.isEmpty() && own.isEmpty() && !connectsOnly ? ownEntry(known, listed, wanted) : Optional.empty();
        entry.ifPresent(
                found -> LOG.info("listens on {}: the list of servers has it as this machine's", Host.of(found)));
        InetAddress address = wanted.or(() -> entry.map(InetSocketAddress::getAddress))
                .orElseGet(() -> usual(listed, key.isPresent() || config.insecure()));
        if (config.insecure()) {
            LOG.warn(
                    "stack: udp is not protected: whoever reaches {} can join '{}', listen in and run code here; it is for a"
                            + " network of which you trust all machines",
                    Host.text(address),
                    config.cluster());
        } else {
            needsKey(address, key);
        }
        if (connectsOnly) {
            return new Listening(new InetSocketAddress(address, 0), key);
        }
        int listensAt = own.map(Host::port)
                .or(() -> entry.map(InetSocketAddress::getPort))
                .orElseGet(() -> port.orElseGet(() -> usualPort(Configs.hosts(config))));
        return new Listening(new InetSocketAddress(address, listensAt), key);
    }

    /** Refuses to be reached by other machines without a key. */
    static void needsKey(InetAddress address, Optional<ClusterKey> key) {
        if (key.isEmpty() && !address.isLoopbackAddress()) {
            throw new ConfigException(
                    "key_file",
                    "other machines reach " + Host.text(address)
                            + ", and there is no key_file that keeps strangers out."
                            + System.lineSeparator()
                            + "Make one with 'goaway key new FILE', copy it to all machines, and set key_file: FILE");
        }
    }

    /** Of a list that has no entry for this machine, or none yet: the port that all in it have. */
    private static int usualPort(List<Host> list) {
        List<Integer> ports = list.stream().map(Host::port).distinct().toList();
        if (ports.isEmpty()) {
            return 0;
        }
        return ports.size() == 1 ? ports.get(0) : ClusterConfig.USUAL_PORT;
    }

    private static InetAddress usual(List<InetSocketAddress> listed, boolean open) {
        if (!listed.isEmpty()) {
            return BindAddress.towards(listed);
        }
        return open ? BindAddress.towardsOthers() : InetAddress.getLoopbackAddress();
    }

    /** The addresses of each server in the list, as far as they are known now. */
    private static List<List<InetSocketAddress>> known(ClusterConfig config) {
        List<List<InetSocketAddress>> known = new ArrayList<>();
        for (Host host : Configs.hosts(config)) {
            try {
                known.add(host.addresses());
            } catch (UnknownHostException e) {
                // The search for members says so, and looks it up again.
            }
        }
        return known;
    }

    /**
     * Those in IPv4 if all servers have addresses there, else those in IPv6 if all have, so that members that have both
     * choose alike; else all.
     */
    private static List<InetSocketAddress> ofOneFamily(List<List<InetSocketAddress>> known) {
        for (boolean six : new boolean[] {false, true}) {
            if (known.stream().allMatch(host -> host.stream().anyMatch(address -> isSix(address) == six))) {
                return known.stream()
                        .flatMap(List::stream)
                        .filter(address -> isSix(address) == six)
                        .toList();
            }
        }
        return known.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Listening::isSix))
                .toList();
    }

    private static boolean isSix(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }

    /** The entry of the list that is this machine's, or has the wanted address of it. */
    private static Optional<InetSocketAddress> ownEntry(
            List<List<InetSocketAddress>> known, List<InetSocketAddress> usual, Optional<InetAddress> wanted) {
        List<InetSocketAddress> own = wanted.map(address -> known.stream()
                        .flatMap(List::stream)
                        .filter(entry -> entry.getAddress().equals(address)))
                .orElseGet(() -> usual.stream().filter(entry -> BindAddress.isHere(entry.getAddress())))
                .toList();
        if (own.stream().map(InetSocketAddress::getPort).distinct().count() > 1) {
            throw new ConfigException(
                    "servers",
                    "several of the servers " + own + " are this machine; say with --port which of them this one is");
        }
        return own.stream().findFirst();
    }

    /** Where the process listens that launches servers beside itself. */
    static InetSocketAddress loopback(ClusterConfig config) {
        Host host = Host.of(config.spawner().orElse("127.0.0.1"), 0);
        InetSocketAddress address = new InetSocketAddress(host.name(), host.port());
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            throw new ConfigException(
                    "spawner",
                    "spawner: " + config.spawner().orElseThrow()
                            + " is no loopback address, which servers on this machine need; for others use"
                            + " launch: ssh, or launch: none and a key_file");
        }
        return address;
    }
}
