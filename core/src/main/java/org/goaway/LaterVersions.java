package org.goaway;

import java.util.List;
import java.util.Map;

/** Refuses the settings that this version knows and cannot honour: never silently. */
final class LaterVersions {

    private LaterVersions() {}

    static void refuse(Map<ConfigKey, Object> set) {
        only(set, ConfigKey.LAUNCH, "use local or none", "local", "none", "in-process");
        only(set, ConfigKey.STACK, "use tcp, udp or tunnel", "tcp", "udp", "tunnel");
        only(set, ConfigKey.ROLE, "use peer", "peer");
        if (!"none".equals(set.get(ConfigKey.LAUNCH))) {
            forPeers(set, ConfigKey.KEY_FILE);
            forPeers(set, ConfigKey.BIND, "127.0.0.1", "lo");
        }
        if (set.get(ConfigKey.SERVERS) instanceof List<?> servers) {
            for (Object server : servers) {
                refuseUser(server.toString());
            }
        }
    }

    /** A user to log in as is for launching over SSH. */
    private static void refuseUser(String server) {
        if (server.contains("@")) {
            throw ConfigKey.SERVERS.refuse(
                    server, "names a user, and logging in is not in this version; start the server there by hand");
        }
    }

    /** Servers that a program launches are on its own machine. */
    private static void forPeers(Map<ConfigKey, Object> set, ConfigKey key, Object... honoured) {
        Object value = set.get(key);
        if (value != null && !List.of(honoured).contains(value)) {
            throw key.refuse(
                    value,
                    "goes with launch: none; members that are launched here listen on loopback, so leave it out");
        }
    }

    private static void only(Map<ConfigKey, Object> set, ConfigKey key, String instead, Object... honoured) {
        Object value = set.get(key);
        if (value != null && !List.of(honoured).contains(value)) {
            throw key.refuse(value, "is not in this version; " + instead);
        }
    }
}
