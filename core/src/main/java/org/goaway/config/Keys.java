package org.goaway.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.goaway.ClusterConfigBuilder;
import org.goaway.ConfigException;
import org.goaway.ConfigKey;

/** The names of the keys, and which method of the builder takes each. */
final class Keys {

    private static final Map<String, ConfigKey> BY_NAME = names();

    private Keys() {}

    private static Map<String, ConfigKey> names() {
        Map<String, ConfigKey> names = new HashMap<>();
        for (ConfigKey key : ConfigKey.values()) {
            names.put(key.text(), key);
        }
        names.put("remote_servers", ConfigKey.SERVERS);
        names.put("spawner_server", ConfigKey.SPAWNER);
        return Map.copyOf(names);
    }

    static Optional<ConfigKey> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The known name that looks most like {@code name}. */
    static Nearest nearest(String name) {
        return Nearest.of(name, BY_NAME.keySet());
    }

    /** The refusal of a key that there is not. */
    static ConfigException unknown(String name) {
        return new ConfigException(
                name,
                name + " is no key of GoAway; did you mean " + nearest(name).name() + "?");
    }

    /** Hands the setting's value to the builder's method of its key. */
    static void apply(Setting setting, ClusterConfigBuilder builder) {
        switch (setting.key()) {
            case CLUSTER -> builder.cluster(setting.text());
            case SERVERS -> applyServers(setting, builder);
            case SPAWNER -> builder.spawner(setting.text());
            case LAUNCH -> builder.launch(setting.text());
            case DISCOVERY -> builder.discovery(setting.text());
            case EXPECT -> builder.expect(setting.number());
            case STACK -> builder.stack(setting.text());
            case FILEPATHS -> builder.filepaths(setting.list());
            case KEY_FILE -> builder.keyFile(path(setting));
            case VOTERS -> builder.voters(setting.number());
            case LEASE -> builder.lease(setting.time());
            case TIMEOUT -> builder.timeout(setting.time());
            case ROLE -> builder.role(setting.text());
            case SPAWNER_TASKS -> builder.spawnerTasks(setting.flag());
            case TASK_THREADS -> builder.taskThreads(setting.number());
            case LABELS -> builder.labels(setting.list());
            case BIND -> builder.bind(setting.text());
            case ROUTER -> builder.router(setting.list());
            case JAVA -> builder.java(setting.text());
            case JVM_ARGS -> builder.jvmArgs(setting.list());
            case INSECURE -> builder.insecure(setting.flag());
            case OUTPUT -> builder.output(setting.flag());
        }
    }

    private static void applyServers(Setting setting, ClusterConfigBuilder builder) {
        if (setting.isNumber()) {
            builder.servers(setting.number());
        } else {
            builder.servers(setting.list());
        }
    }

    private static Path path(Setting setting) {
        try {
            return Path.of(setting.text());
        } catch (InvalidPathException e) {
            throw setting.key().refuse(setting.text());
        }
    }
}
