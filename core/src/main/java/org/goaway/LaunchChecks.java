package org.goaway;

import java.util.List;
import java.util.Map;
import org.goaway.ClusterConfig.Launch;

/** Who may start the servers, and what goes with each: never is a setting left out silently that it cannot honour. */
final class LaunchChecks {

    private static final String ON_LOOPBACK = "members that are launched here listen on loopback";

    private LaunchChecks() {}

    static Launch launch(String text) {
        return switch (text) {
            case "ssh" -> Launch.SSH;
            case "local" -> Launch.LOCAL;
            case "in-process" -> Launch.IN_PROCESS;
            case "none" -> Launch.NONE;
            default -> throw ConfigKey.LAUNCH.refuse(text);
        };
    }

    static void check(Map<ConfigKey, Object> set) {
        Object launch = set.get(ConfigKey.LAUNCH);
        checkServers(set.get(ConfigKey.SERVERS), launch);
        if ("ssh".equals(launch)) {
            leftOut(set, ConfigKey.DISCOVERY, "with launch: ssh the servers are listed", "servers");
            leftOut(set, ConfigKey.KEY_FILE, "with launch: ssh each run makes a key of its own");
        } else if (!"none".equals(launch)) {
            // What looks for servers that run already would silently get others.
            forPeers(set, ConfigKey.DISCOVERY);
            forPeers(set, ConfigKey.EXPECT);
            leftOut(set, ConfigKey.KEY_FILE, ON_LOOPBACK);
            leftOut(set, ConfigKey.BIND, ON_LOOPBACK, "127.0.0.1", "lo");
        }
    }

    /** A number of servers is for those that start them here, addresses are for those that do not. */
    private static void checkServers(Object servers, Object launch) {
        if (servers instanceof List<?> && launch == null) {
            throw conflict(
                    "servers is a list of addresses and launch is not set",
                    "launch: ssh, or launch: none and start them by hand");
        }
        if (servers instanceof List<?> && ("local".equals(launch) || "in-process".equals(launch))) {
            throw conflict(
                    "servers is a list of addresses, but launch: " + launch + " takes their number", "servers: 3");
        }
        if (servers instanceof Integer && ("none".equals(launch) || "ssh".equals(launch))) {
            throw conflict(
                    "servers: " + servers + " is a number, but launch: " + launch + " takes addresses",
                    "servers: [host, host:port]");
        }
        if (servers instanceof List<?> list && !"ssh".equals(launch)) {
            list.forEach(server -> refuseUser(server.toString()));
        }
    }

    private static void refuseUser(String server) {
        if (server.contains("@")) {
            throw ConfigKey.SERVERS.refuse(server, "names a user to log in as, which goes with launch: ssh");
        }
    }

    private static ConfigException conflict(String problem, String instead) {
        return new ConfigException(ConfigKey.SERVERS.text(), problem + "; use " + instead);
    }

    private static void forPeers(Map<ConfigKey, Object> set, ConfigKey key) {
        if (set.containsKey(key)) {
            throw key.refuse(set.get(key), "needs launch: none; without it this process starts servers of its own");
        }
    }

    private static void leftOut(Map<ConfigKey, Object> set, ConfigKey key, String why, Object... honoured) {
        Object value = set.get(key);
        if (value != null && !List.of(honoured).contains(value)) {
            throw key.refuse(value, "goes with launch: none; " + why + ", so leave it out");
        }
    }
}
