package org.goaway.protocol.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * The list of rules that were left out on purpose, and how many seeds it took until a test noticed. Every row is printed;
 * with {@code -Dgoaway.mutants=FILE} it is also put in the place of its older self in that file ({@code docs/mutants.md}).
 */
public final class MutantTable {

    private static final String HEAD = """
            # Rules left out on purpose

            Each row is a build of the real protocol with one rule left out or turned round, by a part that the test puts in its
            place. Its test fails unless the simulation notices within its ordinary seeds. The last column is how many seeds that took.
            `./mvnw verify -pl protocols -Dgoaway.mutants=$PWD/docs/mutants.md` writes this page anew.

            | test | rule of [the protocols](design/PROTOCOLS.md) | what the mutant does | seeds |
            |---|---|---|---|
            """;

    private MutantTable() {}

    /**
     * Notes that a mutant was caught.
     *
     * @param test the class of the test
     * @param rule the rule that is left out, as PROTOCOLS.md numbers or names it
     * @param fault what the mutant does instead
     * @param seeds how many seeds were run until the first that failed
     */
    public static void caught(Class<?> test, String rule, String fault, long seeds) {
        Row row = new Row(test.getSimpleName(), rule, fault, seeds);
        System.out.println("caught: " + row);
        String file = System.getProperty("goaway.mutants");
        if (file != null) {
            rewrite(Path.of(file), row);
        }
    }

    private record Row(String test, String rule, String fault, long seeds) {

        String key() {
            return test + "|" + rule + "|" + fault;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "| `%s` | %s | %s | %d |", test, rule, fault, seeds);
        }
    }

    private static synchronized void rewrite(Path file, Row row) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var unused = channel.lock(); // until it is closed: tests run in several processes
            TreeMap<String, String> rows = new TreeMap<>();
            rowsOf(Files.readAllLines(file)).forEach(line -> rows.put(key(line), line));
            rows.put(row.key(), row.toString());
            Files.writeString(file, HEAD + String.join("\n", rows.values()) + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<String> rowsOf(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("| `")).toList();
    }

    private static String key(String line) {
        String[] cells = line.split("\\|", -1);
        return cells[1].strip().replace("`", "") + "|" + cells[2].strip() + "|" + cells[3].strip();
    }
}
