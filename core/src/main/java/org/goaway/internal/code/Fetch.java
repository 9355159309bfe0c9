package org.goaway.internal.code;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.protocol.Message;

/**
 * A thread's wait for one file, never longer than {@link AppFiles#LIMIT}. A class that fails to load once fails for good: so
 * an origin that does not give it is asked again, and an interrupt is kept for the thread's own code. Used by that thread;
 * others may read what it waits for.
 */
final class Fetch {

    private static final Logger LOG = LogManager.getLogger(Fetch.class);

    private static final long LIMIT = AppFiles.LIMIT.toNanos();

    /** After this time it is told that a thread waits. */
    private static final long LONG = TimeUnit.SECONDS.toNanos(5);

    /** Until the origin is asked again: whom nothing could be sent to is seldom reached at once. */
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    /** It may have read and sent all that there was no memory for here. */
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);

    private final String path;
    private final String origin;
    private final CompletableFuture<String> end;
    private final long start = System.nanoTime();
    private boolean told;
    private long pause = FIRST_PAUSE;

    /** @param end completed with the reason when no file will be had any more */
    Fetch(String path, String origin, CompletableFuture<String> end) {
        this.path = path;
        this.origin = origin;
        this.end = end;
    }

    /** When it began, on the clock of {@link System#nanoTime()}. */
    long start() {
        return start;
    }

    /** What the thread does, in one clause. */
    String text() {
        return String.format(
                Locale.ROOT,
                "waits %.1f s for %s, which is being fetched from %s, where the program was started",
                elapsed() / 1e9,
                path,
                origin);
    }

    private long elapsed() {
        return System.nanoTime() - start;
    }

    /**
     * The answer to what {@code ask} asks, again where that fails before its time is up: an answer that takes long is waited for.
     *
     * @throws MissingClassException if there is none
     */
    FetchedFiles answer(Supplier<CompletableFuture<Message>> ask) throws MissingClassException {
        String failure = null;
        do {
            try {
                if (await(CompletableFuture.anyOf(end, ask.get()), LIMIT) instanceof FetchedFiles answer) {
                    return answer;
                }
            } catch (ExecutionException e) {
                failure = e.getCause().getMessage();
            } catch (TimeoutException e) {
                failure = "no answer within " + AppFiles.LIMIT.toSeconds() + " s";
            }
        } while (mayAskAgain());
        throw new MissingClassException(path + " could not be fetched from " + origin
                + ", where the program was started: " + end.getNow(failure));
    }

    /** Pauses; whether there is time left then, and somebody to ask. */
    private boolean mayAskAgain() {
        long now = elapsed();
        long until = Math.min(now + pause, LIMIT - FIRST_PAUSE); // once more before the time is up
        pause = Math.min(2 * pause, LONGEST_PAUSE);
        if (now >= until) {
            return false;
        }
        try {
            await(end, until);
            return false;
        } catch (TimeoutException e) {
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end has a reason", e);
        }
    }

    /** What {@code event} brings until so much time has {@linkplain #elapsed() elapsed}. */
    private Object await(CompletableFuture<?> event, long until) throws ExecutionException, TimeoutException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return event.get((told ? until : Math.min(until, LONG)) - elapsed(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    if (told || until <= LONG) {
                        throw e;
                    }
                    told = true;
                    LOG.warn("{} {}", Thread.currentThread().getName(), text());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
