package org.goaway.usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The JDKs of this machine, where its packages put them. */
public final class Jdks {

    private static final Path PLACE = Path.of("/usr/lib/jvm");

    private Jdks() {}

    /** The java command of the newest JDK that is newer than this one. */
    public static Optional<Path> newer() {
        if (!Files.isDirectory(PLACE)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(PLACE)) {
            return homes.map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .filter(java -> feature(java) > Runtime.version().feature())
                    .max(Comparator.comparingInt(Jdks::feature));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The version of this java command, as the file {@code release} of its JDK tells; 0 where it does not. */
    public static int feature(Path java) {
        try (Stream<String> lines = Files.lines(java.resolveSibling("../release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9.]", "")
                            .replaceFirst("^1\\.", "")
                            .replaceFirst("\\..*", ""))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
