package org.goaway;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What each setting may be, and which contradict each other. */
final class ConfigChecks {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern WORD = Pattern.compile("[^\\s,]+");
    private static final Pattern ADDRESS =
            Pattern.compile("(?:[^\\s@:]+@)?(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+])(?::(?<port>\\d{1,5}))?");
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    private ConfigChecks() {}

    static void check(Map<ConfigKey, Object> set) {
        set.forEach((key, value) -> {
            if (value instanceof List<?> list) {
                list.forEach(element -> check(key, element));
            } else {
                check(key, value);
            }
        });
        checkServers(set);
        StackChecks.check(set);
        checkPeers(set);
    }

    private static void check(ConfigKey key, Object value) {
        if (!test(key).test(value)) {
            throw key.refuse(value);
        }
    }

    private static Predicate<Object> test(ConfigKey key) {
        return switch (key) {
            case CLUSTER -> text(NAME);
            case SERVERS -> value -> value instanceof Integer ? in(1, 100).test(value) : address(value);
            case SPAWNER -> value -> address(value) && !value.toString().contains("@");
            case ROUTER -> value -> address(value) && !value.toString().contains("@");
            case LAUNCH -> List.of("ssh", "local", "none", "in-process")::contains;
            case DISCOVERY -> List.of("servers", "multicast", "gossip-router")::contains;
            case ROLE -> List.of("peer", "server")::contains;
            case STACK ->
                value -> List.of("tcp", "udp", "tunnel").contains(value)
                        || value.toString().endsWith(".xml");
            case FILEPATHS -> ConfigChecks::exists;
            case VOTERS -> List.of(1, 3, 5)::contains;
            case LEASE, TIMEOUT -> value -> bounded((Duration) value);
            case EXPECT -> in(1, 1000);
            case TASK_THREADS -> in(1, 10_000);
            case LABELS -> text(WORD);
            case BIND, JAVA -> value -> !value.toString().isBlank();
            case JVM_ARGS -> value -> value.toString().startsWith("-");
            case KEY_FILE, SPAWNER_TASKS, INSECURE, OUTPUT -> value -> true;
        };
    }

    /** A number of servers is for those that start them, addresses are for those that do not. */
    private static void checkServers(Map<ConfigKey, Object> set) {
        Object servers = set.get(ConfigKey.SERVERS);
        Object launch = set.get(ConfigKey.LAUNCH);
        if (servers instanceof List<?> list && !list.isEmpty() && launch == null) {
            throw conflict(
                    "servers lists addresses and launch is not set",
                    "launch: ssh, or launch: none and start them by hand");
        }
        if (servers instanceof List<?> && ("local".equals(launch) || "in-process".equals(launch))) {
            throw conflict("servers lists addresses, but launch: " + launch + " takes their number", "servers: 3");
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

    /** What looks for servers that run already would silently get others. With ssh the one is refused later, the other not asked. */
    private static void checkPeers(Map<ConfigKey, Object> set) {
        if (List.of("none", "ssh").contains(set.getOrDefault(ConfigKey.LAUNCH, "local"))) {
            return;
        }
        for (ConfigKey key : List.of(ConfigKey.DISCOVERY, ConfigKey.EXPECT)) {
            if (set.containsKey(key)) {
                throw key.refuse(set.get(key), "needs launch: none; without it this process starts servers of its own");
            }
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

    static ClusterConfig.Launch launch(String text) {
        return switch (text) {
            case "ssh" -> ClusterConfig.Launch.SSH;
            case "local" -> ClusterConfig.Launch.LOCAL;
            case "in-process" -> ClusterConfig.Launch.IN_PROCESS;
            case "none" -> ClusterConfig.Launch.NONE;
            default -> throw ConfigKey.LAUNCH.refuse(text);
        };
    }

    static ClusterConfig.Discovery discovery(String text) {
        return switch (text) {
            case "servers" -> ClusterConfig.Discovery.SERVERS;
            case "multicast" -> ClusterConfig.Discovery.MULTICAST;
            case "gossip-router" -> ClusterConfig.Discovery.GOSSIP_ROUTER;
            default -> throw ConfigKey.DISCOVERY.refuse(text);
        };
    }

    private static Predicate<Object> text(Pattern pattern) {
        return value -> pattern.matcher(value.toString()).matches();
    }

    private static Predicate<Object> in(int least, int most) {
        return value -> (Integer) value >= least && (Integer) value <= most;
    }

    private static boolean bounded(Duration time) {
        return time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0;
    }

    private static boolean address(Object value) {
        var matcher = ADDRESS.matcher(value.toString());
        if (!matcher.matches()) {
            return false;
        }
        String port = matcher.group("port");
        return port == null || in(1, 65_535).test(Integer.valueOf(port));
    }

    private static boolean exists(Object path) {
        try {
            // The empty path is the working folder, and nobody means that by a comma too many.
            return !path.toString().isBlank() && Files.exists(Path.of(path.toString()));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
