package org.goaway.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.UpdateOnRelease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Counts words on all servers: each file is a task, which adds what it counted to an UpdateOnRelease object. Within acquire
 * and release the counts are local memory, and a release sends those that have changed.
 */
@Command(
        name = "word-count",
        description = "Counts the words of many files on all servers, and checks the counts against one thread's.",
        sortOptions = false)
public final class WordCount implements Runnable {

    private static final int MOST_SHOWN = 5;

    private static final UpdateOnRelease counts = GoAway.updateOnRelease("words");

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions options;

    @Option(names = "--folder", paramLabel = "DIR", description = "count the files of this folder")
    private Path folder;

    @Option(
            names = "--files",
            paramLabel = "N",
            description = "without a folder, make N texts (default: ${DEFAULT-VALUE})")
    private int files = 40;

    @Option(names = "--words", paramLabel = "N", description = "of N words each (default: ${DEFAULT-VALUE})")
    private int words = 5_000;

    @Option(names = "--seed", paramLabel = "N", description = "from this seed (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Override
    public void run() {
        List<Document> documents = documents();
        Map<String, Long> counted;
        try (Cluster cluster = options.start()) {
            System.out.printf(
                    "counting the words of %d files on %d members%n",
                    documents.size(), cluster.members().size());
            cluster.forEach(documents, WordCount::count).showProgress().join();
            counted = merged();
        }
        counted.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_SHOWN)
                .forEach(entry -> System.out.println(entry.getKey() + ": " + entry.getValue()));
        check(counted, documents);
    }

    /** One file, on some server. */
    static void count(Document document) {
        Map<String, Long> found = document.count();
        try (var held = counts.acquire()) {
            found.forEach((word, more) -> counts.set(word, counts.get(word, 0L) + more));
        }
    }

    private static Map<String, Long> merged() {
        Map<String, Long> all = new TreeMap<>();
        try (var held = counts.acquire()) {
            counts.fields().forEach(word -> all.put(word, counts.get(word, 0L)));
        }
        return all;
    }

    private static void check(Map<String, Long> counted, List<Document> documents) {
        Map<String, Long> expected = new TreeMap<>();
        documents.forEach(document -> document.count().forEach((word, more) -> expected.merge(word, more, Long::sum)));
        if (!counted.equals(expected)) {
            throw new IllegalStateException("one thread counts differently: " + expected + ", not " + counted);
        }
        System.out.println(counted.size() + " different words, counted as by one thread");
    }

    private List<Document> documents() {
        if (files < 1 || words < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--files " + files + " --words " + words + ": both are at least 1");
        }
        try {
            return folder == null ? Document.make(files, words, seed) : Document.read(folder);
        } catch (IOException | UncheckedIOException e) {
            throw new ParameterException(spec.commandLine(), "--folder " + folder + " cannot be read: " + e, e);
        }
    }

    public static void main(String[] args) {
        ClusterOptions.run(new WordCount(), args);
    }
}
