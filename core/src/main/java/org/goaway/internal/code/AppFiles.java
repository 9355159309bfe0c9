package org.goaway.internal.code;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.protocol.Message;

/**
 * The files of an application, as a member that is not its origin sees them: what was not delivered yet is fetched. Safe
 * for any thread; the thread that needs a file waits for it, never longer than {@link #ATTEMPTS} times {@link #ATTEMPT}.
 */
final class AppFiles {

    static final int ATTEMPTS = 3;
    static final Duration ATTEMPT = Duration.ofSeconds(10);

    /** After this time it is told that a thread waits. */
    private static final Duration LONG = Duration.ofSeconds(5);

    private static final Logger LOG = LogManager.getLogger(AppFiles.class);

    /** How long "there is no such file" is believed: programs that probe for files do so many times in a row. */
    private static final long ABSENT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final CodeVersion version;
    private final String origin;
    private final Requests requests;
    private final CodeCache cache;
    private final CodeFigures figures;
    private final Map<String, List<byte[]>> delivered = new ConcurrentHashMap<>();
    private final Map<String, Long> absent = new ConcurrentHashMap<>();
    private final Map<Object, CompletableFuture<Message>> pending = new ConcurrentHashMap<>();
    private final Map<Thread, Fetch> fetches = new ConcurrentHashMap<>();
    private final AtomicBoolean greeted = new AtomicBoolean();
    private volatile String closed;

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

    /** What a thread fetches and waits for; {@code since} is on the clock of {@link System#nanoTime()}. */
    private record Fetch(String path, long since) {}

    /** What the thread waits for here; null: nothing. */
    String waiting(Thread thread) {
        Fetch fetch = fetches.get(thread);
        return fetch == null
                ? null
                : String.format(
                        Locale.ROOT,
                        "waits %.1f s for %s, which is being fetched from %s, where the program was started",
                        (System.nanoTime() - fetch.since()) / 1e9,
                        fetch.path(),
                        origin);
    }

    boolean isClosed() {
        return closed != null;
    }

    /** Ends all waits for files, now and later. */
    void close(String reason) {
        closed = reason;
        pending.values().forEach(request -> request.completeExceptionally(new IllegalStateException(reason)));
        delivered.clear();
    }

    private List<byte[]> fetch(String path) throws MissingClassException {
        Set<Long> known = greeted.compareAndSet(false, true) ? cache.known() : Set.of();
        fetches.put(Thread.currentThread(), new Fetch(path, System.nanoTime()));
        try {
            return fetch(path, known);
        } finally {
            fetches.remove(Thread.currentThread());
        }
    }

    private List<byte[]> fetch(String path, Set<Long> first) throws MissingClassException {
        Set<Long> known = first;
        String failure = null;
        for (int attempt = 0; attempt < ATTEMPTS && closed == null; attempt++) {
            try {
                FetchedFiles answer = ask(new FetchFiles(version.number(), path, known), attempt > 0);
                if (answer.refusal() != null) {
                    throw new MissingClassException(answer.refusal());
                }
                deliver(answer);
                if (!answer.found()) {
                    absent.put(path, System.nanoTime());
                    return List.of();
                }
                List<byte[]> here = delivered.get(path);
                if (here != null) {
                    return here;
                }
                failure = "its copy was dropped meanwhile";
            } catch (ExecutionException e) {
                failure = e.getCause().getMessage();
            } catch (TimeoutException e) {
                failure = "no answer within " + ATTEMPT.toSeconds() + " s";
            }
            known = Set.of();
        }
        throw new MissingClassException(path + " could not be fetched from " + origin + ", where the program"
                + " was started: " + (closed != null ? closed : failure));
    }

    private FetchedFiles ask(FetchFiles request, boolean told) throws ExecutionException, TimeoutException {
        long begin = System.nanoTime();
        CompletableFuture<Message> answer = requests.request(version.origin(), request, ATTEMPT);
        Object entry = new Object();
        pending.put(entry, answer);
        try {
            if (closed != null) {
                answer.completeExceptionally(new IllegalStateException(closed));
            }
            return (FetchedFiles) getUninterruptibly(answer, told);
        } finally {
            pending.remove(entry);
            figures.waitedSince(begin);
        }
    }

    /** A class that fails to load once fails for good, so an interrupt must wait: it is kept for the thread's own code. */
    private Message getUninterruptibly(CompletableFuture<Message> answer, boolean toldBefore)
            throws ExecutionException, TimeoutException {
        long begin = System.nanoTime();
        boolean interrupted = false;
        boolean told = toldBefore;
        try {
            while (true) {
                Duration atMost = told ? ATTEMPT : LONG;
                try {
                    return answer.get(atMost.toNanos() - (System.nanoTime() - begin), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    if (told) {
                        throw e;
                    }
                    told = true;
                    LOG.warn("{} {}", Thread.currentThread().getName(), waiting(Thread.currentThread()));
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Keeps what came, but for contents that were left out and are not here either: those are asked for when needed. */
    private void deliver(FetchedFiles answer) {
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
    }
}
