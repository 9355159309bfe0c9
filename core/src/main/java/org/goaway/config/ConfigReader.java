package org.goaway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.goaway.ClusterConfig;
import org.goaway.ClusterConfigBuilder;
import org.goaway.ConfigException;
import org.goaway.ConfigKey;

/**
 * Completes what a program set by what is set around it: first system properties ({@code goaway.task_threads}), then
 * environment variables ({@code GOAWAY_TASK_THREADS}), then the file. Lists in the former two are separated by commas.
 *
 * <p>A property or variable of an unknown name is an error where it looks like a slip of the pen, and otherwise somebody
 * else's: names after {@code goaway.} are not only GoAway's. In the file every unknown key is an error.
 */
public final class ConfigReader {

    private static final String PROPERTY = "goaway.";
    private static final String VARIABLE = "GOAWAY_";

    private static final Set<ClusterConfig.Launch> OWN_SERVERS =
            EnumSet.of(ClusterConfig.Launch.LOCAL, ClusterConfig.Launch.IN_PROCESS);
    private static final Set<ConfigKey> FOR_PEERS = EnumSet.of(ConfigKey.DISCOVERY, ConfigKey.EXPECT);

    private final Properties properties;
    private final Map<String, String> environment;

    /** A reader of these; the file is given with each call. */
    public ConfigReader(Properties properties, Map<String, String> environment) {
        this.properties = properties;
        this.environment = Map.copyOf(environment);
    }

    /** A reader of this process's properties and environment. */
    public static ConfigReader ofThisProcess() {
        return new ConfigReader(System.getProperties(), System.getenv());
    }

    /**
     * Returns {@code code} with the keys that it leaves open taken from properties, environment and file.
     *
     * @param file empty for none
     * @throws ConfigException if a key is not known or a value not allowed; it tells where
     */
    public ClusterConfig complete(ClusterConfig code, Optional<Path> file) {
        return read(code, file).config();
    }

    /**
     * Does what {@link #complete} does, and keeps where each setting was found.
     *
     * @param file empty for none
     * @throws ConfigException if a key is not known or a value not allowed; it tells where
     */
    public CompleteConfig read(ClusterConfig code, Optional<Path> file) {
        Map<ConfigKey, Setting> found = new EnumMap<>(ConfigKey.class);
        file.map(YamlFile::read).orElse(List.of()).forEach(setting -> found.put(setting.key(), setting));
        fromEnvironment().forEach(setting -> found.put(setting.key(), setting));
        fromProperties().forEach(setting -> found.put(setting.key(), setting));
        found.keySet().removeIf(code::isSet);
        if (code.isSet(ConfigKey.LAUNCH) && OWN_SERVERS.contains(code.launch())) {
            // What is set around the program was meant for another launch.
            found.keySet().removeAll(FOR_PEERS);
        }
        return new CompleteConfig(build(code.toBuilder(), found), found, file);
    }

    private static ClusterConfig build(ClusterConfigBuilder builder, Map<ConfigKey, Setting> found) {
        for (Setting setting : found.values()) {
            try {
                Keys.apply(setting, builder);
            } catch (ConfigException e) {
                throw setting.origin().locate(e);
            }
        }
        try {
            return builder.build();
        } catch (ConfigException e) {
            Setting culprit = e.key().flatMap(Keys::find).map(found::get).orElse(null);
            throw culprit == null ? e : culprit.origin().locate(e);
        }
    }

    private List<Setting> fromEnvironment() {
        Map<String, String> named = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(VARIABLE)) {
                named.put(name.substring(VARIABLE.length()).toLowerCase(Locale.ROOT), value);
            }
        });
        return settings("environment variable " + VARIABLE, named, true);
    }

    private List<Setting> fromProperties() {
        Map<String, String> named = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(PROPERTY)) {
                named.put(name.substring(PROPERTY.length()), properties.getProperty(name));
            }
        }
        return settings("system property " + PROPERTY, named, false);
    }

    private static List<Setting> settings(String prefix, Map<String, String> named, boolean upperCase) {
        List<Setting> settings = new ArrayList<>();
        named.forEach((name, value) -> {
            Origin origin = new Origin(prefix + (upperCase ? name.toUpperCase(Locale.ROOT) : name), 0);
            Optional<ConfigKey> key = Keys.find(name);
            if (key.isEmpty() && Keys.nearest(name).isClose()) {
                throw origin.locate(Keys.unknown(name));
            }
            if (key.isPresent() && !value.isBlank()) {
                settings.add(Setting.of(key.get(), value, origin));
            }
        });
        return settings;
    }
}
