package org.goaway.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A text of which the words are counted. It travels with its task: a server needs no file. */
record Document(String name, String text) {

    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}]+");

    private static final String[] SYLLABLES = {"ba", "de", "fi", "go", "ku", "la", "me", "no", "ri", "su", "ta", "wo"};

    private static final int VOCABULARY = 500;

    /** Makes texts of random words, a few of them frequent and most of them rare; the same seed, the same texts. */
    static List<Document> make(int count, int words, long seed) {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Random random = new Random(seed + i);
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < words; word++) {
                double rank = random.nextDouble();
                text.append(word((int) (VOCABULARY * rank * rank * rank))).append(word % 12 == 11 ? ".\n" : " ");
            }
            documents.add(new Document("text " + i, text.toString()));
        }
        return documents;
    }

    private static String word(int number) {
        StringBuilder word = new StringBuilder();
        for (int left = number + SYLLABLES.length; left > 0; left /= SYLLABLES.length) {
            word.append(SYLLABLES[left % SYLLABLES.length]);
        }
        return word.toString();
    }

    /** Reads the files of a folder, not those of its subfolders; bytes that are no text count as no letters. */
    static List<Document> read(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(Document::ofFile)
                    .toList();
        }
    }

    private static Document ofFile(Path file) {
        try {
            return new Document(
                    file.getFileName().toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** How often each word is in it, in small letters. */
    Map<String, Long> count() {
        Map<String, Long> counts = new TreeMap<>();
        NO_LETTERS
                .splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .forEach(word -> counts.merge(word, 1L, Long::sum));
        return counts;
    }
}
