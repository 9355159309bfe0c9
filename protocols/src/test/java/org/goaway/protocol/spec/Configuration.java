package org.goaway.protocol.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One file {@code Module.cfg} or {@code Module_case.cfg}: a module with its constants and what is to be checked.
 *
 * @param name the file's name without its ending
 */
record Configuration(Path folder, String name) {

    private static final Pattern EXTENDS = Pattern.compile("^EXTENDS +(.*)$", Pattern.MULTILINE);

    static List<Configuration> all(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".cfg"))
                    .map(file -> new Configuration(folder, file.substring(0, file.length() - ".cfg".length())))
                    .sorted((one, other) -> one.name.compareTo(other.name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String module() {
        int end = name.indexOf('_');
        return end < 0 ? name : name.substring(0, end);
    }

    /** Random behaviours instead of all of them. */
    boolean isRandom() {
        return name.contains("_sim");
    }

    /** A rule is left out that is needed. */
    boolean leavesOutRule() {
        return name.contains("_no_");
    }

    /** Changes with whatever the result depends on: the configuration, its module and the modules that this extends. */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(text(name + ".cfg").getBytes(StandardCharsets.UTF_8));
            for (String module : modules()) {
                digest.update(text(module + ".tla").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private Set<String> modules() {
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(module()));
        while (!open.isEmpty()) {
            String module = open.remove();
            if (Files.exists(folder.resolve(module + ".tla")) && found.add(module)) {
                Matcher line = EXTENDS.matcher(text(module + ".tla"));
                if (line.find()) {
                    open.addAll(List.of(line.group(1).split("[, ]+", -1)));
                }
            }
        }
        return found;
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
