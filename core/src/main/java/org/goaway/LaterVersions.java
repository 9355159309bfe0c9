package org.goaway;

import java.util.List;
import java.util.Map;

/** Refuses the settings that this version knows and cannot honour: never silently. */
final class LaterVersions {

    private static final String ON_LOOPBACK = "members that are launched here listen on loopback";

    private LaterVersions() {}

    static void refuse(Map<ConfigKey, Object> set) {
        only(set, ConfigKey.STACK, "use tcp, udp or tunnel", "tcp", "udp", "tunnel");
        only(set, ConfigKey.ROLE, "use peer", "peer");
        Object launch = set.get(ConfigKey.LAUNCH);
        if ("ssh".equals(launch)) {
            only(set, ConfigKey.DISCOVERY, "leave it out: with launch: ssh the servers are listed", "servers");
            forPeers(set, ConfigKey.KEY_FILE, "with launch: ssh each run makes a key of its own");
        } else if (!"none".equals(launch)) {
            forPeers(set, ConfigKey.KEY_FILE, ON_LOOPBACK);
            forPeers(set, ConfigKey.BIND, ON_LOOPBACK, "127.0.0.1", "lo");
        }
    }

    private static void forPeers(Map<ConfigKey, Object> set, ConfigKey key, String why, Object... honoured) {
        Object value = set.get(key);
        if (value != null && !List.of(honoured).contains(value)) {
            throw key.refuse(value, "goes with launch: none; " + why + ", so leave it out");
        }
    }

    private static void only(Map<ConfigKey, Object> set, ConfigKey key, String instead, Object... honoured) {
        Object value = set.get(key);
        if (value != null && !List.of(honoured).contains(value)) {
            throw key.refuse(value, "is not in this version; " + instead);
        }
    }
}
