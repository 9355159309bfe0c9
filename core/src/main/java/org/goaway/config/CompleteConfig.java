package org.goaway.config;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.goaway.ClusterConfig;
import org.goaway.ConfigException;
import org.goaway.ConfigKey;

/**
 * What a program and its surroundings have set, and where. Some settings are checked only when they are used, since what they may
 * be depends on this machine: {@link #located} tells then where they were found. Immutable.
 */
public final class CompleteConfig {

    private final ClusterConfig config;
    private final Map<ConfigKey, Setting> found;
    private final Optional<Path> file;

    /** @param found what was found outside the program, and counts */
    CompleteConfig(ClusterConfig config, Map<ConfigKey, Setting> found, Optional<Path> file) {
        this.config = config;
        this.found = new EnumMap<>(found);
        this.file = file;
    }

    /** The settings. */
    public ClusterConfig config() {
        return config;
    }

    /**
     * The same problem, saying where its key was found; of a key that is set nowhere, the file that lacks it. Unchanged if it
     * says so already, or the program itself has set the key.
     */
    public ConfigException located(ConfigException problem) {
        Optional<ConfigKey> key = problem.key().flatMap(Keys::find);
        if (key.isEmpty() || problem.file().isPresent()) {
            return problem;
        }
        Setting culprit = found.get(key.get());
        if (culprit != null) {
            return culprit.origin().locate(problem);
        }
        return config.isSet(key.get())
                ? problem
                : file.map(lacking -> problem.at(lacking.toString(), 0)).orElse(problem);
    }
}
