package org.goaway;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A setting cannot be used; the message names it, its value, where it was found, and what is allowed.
 *
 * <p>Thrown before anything is started.
 */
public final class ConfigException extends GoAwayException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String key;
    private final String file;
    private final int line;

    /** A problem with {@code key}, found in no file. */
    public ConfigException(String key, String problem) {
        this(key, problem, null);
    }

    /** A problem with {@code key} that shows only where its value is used, found in no file. */
    public ConfigException(String key, String problem, Throwable cause) {
        this(problem, key, null, 0, cause);
    }

    /** A problem that is not about one key: of a file that cannot be read, say. */
    public ConfigException(String file, int line, String problem, Throwable cause) {
        this(problem, null, file, line, cause);
    }

    private ConfigException(String problem, String key, String file, int line, Throwable cause) {
        super(message(problem, file, line), cause);
        this.problem = problem;
        this.key = key;
        this.file = file;
        this.line = line;
    }

    /** The same problem, found at {@code line} of {@code file}. */
    public ConfigException at(String file, int line) {
        return new ConfigException(problem, key, file, line, this);
    }

    /** The key as written in goaway.yaml; empty if the problem is not about one key. */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** The file, or the name of the environment variable or system property; empty for a setting made in code. */
    public Optional<String> file() {
        return Optional.ofNullable(file);
    }

    /** The line in the file, from 1; empty where there is no file. */
    public OptionalInt line() {
        return line > 0 ? OptionalInt.of(line) : OptionalInt.empty();
    }

    private static String message(String problem, String file, int line) {
        if (file == null) {
            return problem;
        }
        return line > 0 ? file + ":" + line + ": " + problem : file + ": " + problem;
    }
}
