package org.goaway;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What each setting may be; {@link StackChecks} and {@link LaunchChecks} tell which contradict each other. */
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
        StackChecks.check(set);
        LaunchChecks.check(set);
    }

    private static void check(ConfigKey key, Object value) {
        if (!test(key).test(value)) {
            throw key.refuse(key == ConfigKey.FILEPATHS ? lookedFor(value.toString()) : value);
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
            case ROLE -> "peer"::equals;
            case STACK -> List.of("tcp", "udp", "tunnel")::contains;
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

    /** A relative path with the folder that it is looked for in. */
    private static String lookedFor(String path) {
        try {
            return path.isBlank() ? path : Path.of(path).toAbsolutePath().toString();
        } catch (InvalidPathException e) {
            return path;
        }
    }
}
