package org.goaway.protocol.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The file {@code results.txt}: what each configuration gave when it was recorded, and when it is run again. */
final class Results {

    /** When a configuration is run again although nothing has changed. */
    enum When {
        /** In every build: it takes a second or two. */
        ALWAYS,
        /** Where everything is checked. */
        ALL,
        /** In long runs only: it takes minutes. */
        LONG
    }

    /**
     * One line of the file.
     *
     * @param hash of the configuration and its modules, when it was recorded
     */
    record Result(When when, Finding finding, long seconds, String hash) {}

    private final Path file;
    private final List<String> heading = new ArrayList<>();
    private final Map<String, Result> results = new TreeMap<>();

    Results(Path file) {
        this.file = file;
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("#")) {
                    heading.add(line);
                } else {
                    read(line.strip().split(" +", -1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null where nothing is recorded. */
    Result get(String configuration) {
        return results.get(configuration);
    }

    Map<String, Result> all() {
        return Map.copyOf(results);
    }

    void put(String configuration, Result result) {
        results.put(configuration, result);
        List<String> lines = new ArrayList<>(heading);
        results.forEach((name, one) -> lines.add(line(name, one)));
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String line(String name, Result result) {
        return String.format(
                "%-36s %-6s %-32s %8d %4d %s",
                name,
                result.when(),
                result.finding().verdict(),
                result.finding().states(),
                result.seconds(),
                result.hash());
    }

    private void read(String[] columns) {
        if (columns.length != 6) {
            throw new IllegalArgumentException(
                    file + ": six columns expected, not '" + String.join(" ", columns) + "'");
        }
        Finding finding = new Finding(columns[2], Long.parseLong(columns[3]));
        results.put(columns[0], new Result(When.valueOf(columns[1]), finding, Long.parseLong(columns[4]), columns[5]));
    }
}
