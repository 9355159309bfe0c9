package org.goaway.usage.nemesis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One call, as its client's journal tells it.
 *
 * @param client {@code work@member.number}
 * @param ended {@link Long#MAX_VALUE} if the journal does not tell
 * @param how how it ended, in {@link Journal}'s words; unknown if the journal does not tell
 * @param what the result or the failure, as text
 */
record Recorded(String client, String key, String asked, long called, long ended, String how, String what) {

    /** The calls of all journals in a folder. */
    static List<Recorded> in(Path folder) throws IOException {
        List<Recorded> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .toList()) {
                all.addAll(of(file));
            }
        }
        return all;
    }

    private static List<Recorded> of(Path file) throws IOException {
        String client = file.getFileName().toString().replace(".journal", "");
        Map<String, Recorded> calls = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String[] words = line.split(" ", 5);
            if (words[1].equals(Journal.CALLED)) {
                calls.put(
                        words[0],
                        new Recorded(
                                client,
                                words[3],
                                words[4],
                                Long.parseLong(words[2]),
                                Long.MAX_VALUE,
                                Journal.UNKNOWN,
                                "no end"));
            } else {
                String[] end = line.split(" ", 4);
                calls.computeIfPresent(words[0], (number, call) -> call.ended(Long.parseLong(end[2]), end[1], end[3]));
            }
        }
        return List.copyOf(calls.values());
    }

    private Recorded ended(long at, String now, String result) {
        return new Recorded(client, key, asked, called, at, now, result);
    }

    boolean is(String outcome) {
        return how.equals(outcome);
    }

    /** The member where the client ran. */
    String member() {
        return client.substring(client.indexOf('@') + 1, client.lastIndexOf('.'));
    }

    boolean isOfLock() {
        return key.startsWith(Section.LOCK);
    }

    /** Whether it is about the object that is written once. */
    boolean isQuiet() {
        return key.endsWith("-" + Work.QUIET_NAME);
    }

    /** What its client waits for: one that waits for a lock or a write does nothing else meanwhile. */
    Service service() {
        return Service.valueOf(client.substring(0, client.indexOf('@')).toUpperCase(Locale.ROOT));
    }

    /** What can be unavailable apart from the others. */
    enum Service {
        QUIET_READS,
        FAST_READS,
        FAST,
        STRICT,
        LOCKS
    }
}
