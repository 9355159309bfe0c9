package org.goaway.internal.code;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The files of an application, as a member that is not its origin sees them: what was not delivered yet is fetched. Safe
 * for any thread; the thread that needs a file waits for it, never longer than {@link #LIMIT}.
 */
final class AppFiles {

    /** Long enough for the largest file that is served on a link of 20 Mbit/s. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    /** How long "there is no such file" is believed: programs that probe for files do so many times in a row. */
    private static final long ABSENT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final CodeVersion version;
    private final String origin;
    private final Requests requests;
    private final CodeCache cache;
    private final CodeFigures figures;
    private final Map<String, List<byte[]>> delivered = new ConcurrentHashMap<>();
    private final Map<String, Long> absent = new ConcurrentHashMap<>();
    private final Map<Thread, Fetch> fetches = new ConcurrentHashMap<>();
    private final AtomicBoolean greeted = new AtomicBoolean();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    AppFiles(CodeVersion version, String origin, Requests requests, CodeCache cache, CodeFigures figures) {
        this.version = version;
        this.origin = origin;
        this.requests = requests;
        this.cache = cache;
        this.figures = figures;
    }

    /**
     * The contents of the files with this path, none if there is no such file.
     *
     * @throws MissingClassException if the origin did not answer, refused, or left
     */
    List<byte[]> get(String path) throws MissingClassException {
        List<byte[]> here = delivered.get(path);
        if (here != null) {
            return here;
        }
        Long since = absent.get(path);
        if (since != null && System.nanoTime() - since < ABSENT_NANOS) {
            return List.of();
        }
        return fetch(path);
    }

    /** Like {@link #get}, for a file that is needed once: a class is defined only once. */
    byte[] takeClass(String path) throws MissingClassException {
        List<byte[]> found = get(path);
        delivered.remove(path);
        return found.isEmpty() ? null : found.get(0);
    }

    /** What the thread waits for here; null: nothing. */
    String waiting(Thread thread) {
        Fetch fetch = fetches.get(thread);
        return fetch == null ? null : fetch.text();
    }

    boolean isClosed() {
        return end.isDone();
    }

    /** Ends all waits for files, now and later. */
    void close(String reason) {
        end.complete(reason);
        delivered.clear();
    }

    private List<byte[]> fetch(String path) throws MissingClassException {
        Set<Long> known = greeted.compareAndSet(false, true) ? cache.known() : Set.of();
        Fetch fetch = new Fetch(path, origin, end);
        fetches.put(Thread.currentThread(), fetch);
        try {
            List<byte[]> found = fetch(fetch, path, known);
            return found != null ? found : fetch(fetch, path, Set.of());
        } finally {
            fetches.remove(Thread.currentThread());
            figures.waitedSince(fetch.start());
        }
    }

    /** The contents; null: those that are said to be known were left out, and have been dropped here meanwhile. */
    private List<byte[]> fetch(Fetch fetch, String path, Set<Long> known) throws MissingClassException {
        FetchFiles request = new FetchFiles(version.number(), path, known);
        FetchedFiles answer = fetch.answer(() -> requests.request(version.origin(), request, LIMIT));
        if (answer.refusal() != null) {
            throw new MissingClassException(answer.refusal());
        } else if (!answer.found()) {
            absent.put(path, System.nanoTime());
            return List.of();
        }
        return deliver(answer).get(path);
    }

    /** Keeps what came, but for contents that were left out and are not here either: those are asked for when needed. */
    private Map<String, List<byte[]>> deliver(FetchedFiles answer) {
        figures.fetched(answer.files());
        Map<String, List<byte[]>> contents = new LinkedHashMap<>();
        Set<String> incomplete = new HashSet<>();
        for (CodeFile file : answer.files()) {
            byte[] bytes = file.bytes() != null ? file.bytes() : cache.get(file.hash());
            if (bytes == null) {
                incomplete.add(file.path());
                continue;
            }
            if (file.bytes() != null) {
                cache.put(file);
            }
            contents.computeIfAbsent(file.path(), any -> new ArrayList<>()).add(bytes);
        }
        contents.keySet().removeAll(incomplete);
        delivered.putAll(contents);
        return contents;
    }
}
