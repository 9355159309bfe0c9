package org.goaway.internal.node;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.goaway.ClusterConfig;
import org.goaway.ConfigException;
import org.goaway.internal.cluster.Host;
import org.goaway.internal.launch.Machine;
import org.goaway.internal.launch.Place;
import org.goaway.internal.launch.ThisMachine;
import org.goaway.internal.launch.ssh.SshMachine;
import org.goaway.internal.security.ClusterKey;

/**
 * The servers that a program launches, and how members of them and of this process reach each other.
 *
 * @param servers where they are to run
 * @param bind where this process listens
 * @param key what keeps strangers out, new with each run; none on loopback, where the group's name does
 */
record Fleet(List<Place> servers, InetSocketAddress bind, Optional<ClusterKey> key) {

    static Fleet of(ClusterConfig config) {
        return config.launch() == ClusterConfig.Launch.SSH ? remote(config) : local(config);
    }

    private static Fleet local(ClusterConfig config) {
        Machine here = new ThisMachine();
        List<Place> servers = Configs.serverNames(config.localServers()).stream()
                .map(name -> new Place(name, here, 0))
                .toList();
        return new Fleet(servers, Listening.loopback(config), Optional.empty());
    }

    private static Fleet remote(ClusterConfig config) {
        List<String> addresses = config.servers();
        if (addresses.isEmpty()) {
            throw new ConfigException(
                    "servers", "launch: ssh needs the machines to start servers on; use servers: [user@host, host]");
        }
        List<Host> hosts = addresses.stream()
                .map(address -> Host.of(address.substring(user(address).length()), 0))
                .toList();
        List<SshMachine> machines = SshMachine.of(IntStream.range(0, hosts.size())
                .mapToObj(i -> user(addresses.get(i)) + hosts.get(i).name())
                .toList());
        List<String> names = Configs.serverNames(hosts.size());
        List<Place> servers = IntStream.range(0, hosts.size())
                .mapToObj(i ->
                        new Place(names.get(i), machines.get(i), hosts.get(i).port()))
                .toList();
        return new Fleet(servers, bind(config, machines.get(0)), Optional.of(ClusterKey.create()));
    }

    /** What comes before the host: empty, or a name and an at sign. */
    private static String user(String address) {
        return address.substring(0, address.indexOf('@') + 1);
    }

    private static InetSocketAddress bind(ClusterConfig config, SshMachine first) {
        Optional<Host> own = config.spawner().map(text -> Host.of(text, 0));
        return new InetSocketAddress(
                config.bind()
                        .map(BindAddress::of)
                        .or(() -> own.map(BindAddress::ofSpawner))
                        .orElseGet(() -> BindAddress.towards(List.of(new InetSocketAddress(first.address(), 0)))),
                own.map(Host::port).orElse(0));
    }
}
