package org.goaway.usage.nemesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.goaway.ClusterConfig;
import org.goaway.usage.Lan;
import org.goaway.usage.Shell;

/**
 * A network namespace for each server, joined by a bridge on which this process is too, so that links can be cut and
 * healed. Servers come into theirs by a script in the place of {@code java}, and members listen there since JGroups reads
 * {@code jgroups.bind_addr}: GoAway itself knows nothing of it.
 *
 * <p>A link is cut by a neighbour entry that leads nowhere: what is sent is lost in silence, in one direction.
 */
final class Network implements Ground {

    private static final String BIND = "jgroups.bind_addr";
    private static final String NOWHERE = "02:00:00:00:00:99";
    private static final int HERE = 254;

    /** What leads from one to another, by the last parts of their addresses. */
    private record Way(int from, int to) {}

    private final int servers;
    private final Lan lan;
    private String bridge;
    private final Path folder;
    private final Set<Way> cut = new LinkedHashSet<>();

    private Network(int servers, Path folder) {
        this.servers = servers;
        this.lan = Lan.of(servers);
        this.folder = folder;
    }

    /** Why there can be no networks here; empty if there can. */
    static Optional<String> missing() {
        return Lan.missing();
    }

    /** Makes the network; its script is kept in {@code folder}. */
    static Network of(int servers, Path folder) throws IOException {
        Network network = new Network(servers, folder);
        try {
            network.make();
            return network;
        } catch (RuntimeException | IOException e) {
            network.close();
            throw e;
        }
    }

    private void make() throws IOException {
        bridge = lan.comeIn(HERE);
        Files.writeString(script(), """
                #!/bin/sh
                # Runs Java in the next network namespace that is free.
                for i in $(seq 1 %d); do
                    if mkdir "%s/taken-$i" 2>/dev/null; then
                        exec ip netns exec "%s" "%s/bin/java" "-D%s=%s" "$@"
                    fi
                done
                echo "all namespaces are taken" >&2
                exit 1
                """.formatted(
                        servers, folder, lan.machine("$i"), System.getProperty("java.home"), BIND, lan.address("$i")));
        Files.setPosixFilePermissions(script(), PosixFilePermissions.fromString("rwxr-xr-x"));
        System.setProperty(BIND, lan.address(HERE));
    }

    private Path script() {
        return folder.resolve("java-in-namespace");
    }

    @Override
    public ClusterConfig config() {
        return Ground.launching(servers).java(script().toString()).build();
    }

    @Override
    public void cut(String from, String to) {
        Way way = new Way(host(from), host(to));
        if (cut.add(way)) {
            neighbour(way, "replace", to, "lladdr", NOWHERE, "dev", device(way.from()), "nud", "permanent");
        }
    }

    @Override
    public void heal() {
        for (Way way : cut) {
            neighbour(way, "del", lan.address(way.to()), "dev", device(way.from()));
        }
        cut.clear();
    }

    private void neighbour(Way way, String... what) {
        List<String> command = new ArrayList<>(List.of("ip"));
        if (way.from() != HERE) {
            command.addAll(List.of("-n", lan.machine(way.from())));
        }
        command.add("neigh");
        command.addAll(List.of(what));
        Shell.run(command.toArray(new String[0]));
    }

    private String device(int host) {
        return host == HERE ? bridge : "eth0";
    }

    private static int host(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf('.') + 1));
    }

    @Override
    public void close() {
        System.clearProperty(BIND);
        lan.close();
    }
}
