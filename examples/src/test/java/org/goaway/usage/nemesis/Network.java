package org.goaway.usage.nemesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.goaway.ClusterConfig;
import org.goaway.usage.Lan;

/**
 * A network namespace for each server, joined by a bridge on which this process is too, so that links can be cut and
 * healed. Servers come into theirs by a script in the place of {@code java}, and members listen there since JGroups reads
 * {@code jgroups.bind_addr}: GoAway itself knows nothing of it.
 */
final class Network implements OnLan {

    private static final String BIND = "jgroups.bind_addr";
    private static final int HERE = 254;

    private final int servers;
    private final Lan lan;
    private final Path folder;

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
        lan.comeIn(HERE);
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
    public Lan lan() {
        return lan;
    }

    @Override
    public void close() {
        System.clearProperty(BIND);
        lan.close();
    }
}
