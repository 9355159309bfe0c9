package org.goaway.usage.nemesis;

import java.nio.file.Path;
import java.util.List;
import org.goaway.ClusterConfig;
import org.goaway.usage.Lan;
import org.goaway.usage.Program;

/**
 * Servers that were started by hand on machines of a network, on which this process is too. They find each other by multicast
 * and speak TLS with a key that all have; links can be cut and healed.
 */
final class Keyed implements OnLan {

    private static final int HERE = 254;

    private final Lan lan;
    private final Path key;
    private final Standing standing;

    private Keyed(Lan lan, int servers, Path folder) {
        this.lan = lan;
        lan.comeIn(HERE);
        this.key = folder.resolve("cluster.key");
        Program.goaway("key", "new", key.toString()).ends().well();
        this.standing = Standing.on(
                machine -> List.of("ip", "netns", "exec", lan.machine(machine)),
                servers,
                folder,
                "--key-file",
                key.toString());
    }

    /** Makes the network and starts the servers; what they print is kept in {@code folder}. */
    static Keyed of(int servers, Path folder) {
        Lan lan = Lan.of(servers);
        try {
            return new Keyed(lan, servers, folder);
        } catch (RuntimeException | AssertionError e) {
            lan.close();
            throw e;
        }
    }

    @Override
    public ClusterConfig config() {
        return standing.joining().bind(lan.address(HERE)).keyFile(key).build();
    }

    @Override
    public Lan lan() {
        return lan;
    }

    @Override
    public void close() {
        standing.close();
        lan.close();
    }
}
