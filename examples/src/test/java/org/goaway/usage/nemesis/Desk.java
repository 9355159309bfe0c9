package org.goaway.usage.nemesis;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * What a client works with: its journal, its chance, and what it saw last. New keys come into use every few seconds and old
 * ones go slowly, so that each key's history is short enough to be checked. One thread.
 */
final class Desk {

    private static final long KEYS_LAST_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final int KEYS_OF_A_KIND = 2;
    private static final int OLD_KEY_ONE_IN = 8;
    private static final long CLIENTS = 1 << 10;

    private final Order order;
    private final Journal journal;
    private final Random random;
    private final Map<String, Long> seen = new HashMap<>();
    private long numbers;
    private boolean failed;

    Desk(Order order, Journal journal) {
        this.order = order;
        this.journal = journal;
        this.random = new Random(order.seed());
    }

    Random random() {
        return random;
    }

    <T> T any(T[] of) {
        return of[random.nextInt(of.length)];
    }

    /** A key in use now. */
    String key(String store, Enum<?> kind) {
        long age = (System.nanoTime() - order.start()) / KEYS_LAST_NANOS;
        if (random.nextInt(OLD_KEY_ONE_IN) == 0) {
            age = Math.max(0, age - 1 - random.nextInt(2));
        }
        String name = kind.name().toLowerCase(Locale.ROOT) + "-" + age + "-" + random.nextInt(KEYS_OF_A_KIND);
        return store + ":" + order.round() + "-" + name;
    }

    /** The key of the object that is written once. */
    String quietKey() {
        return Work.FAST_STORE + ":" + order.round() + "-" + Work.QUIET_NAME;
    }

    /** A number that no other client of this round has and this one never had, so that sums tell their parts. */
    long unique() {
        return (++numbers * CLIENTS + order.number()) << 12 | random.nextInt(1 << 12);
    }

    /** The number that this client saw last at the key; null: none. */
    Long seen(String key) {
        return seen.get(key);
    }

    /** Asks the key's object and records it. */
    Object ask(String key, Asked asked) throws IOException {
        Object result = record(key, asked, () -> asked.of(Work.object(key)));
        if (asked.reads() && result instanceof Long number) {
            seen.put(key, number);
        } else if (asked instanceof Asked.Swap swap && Boolean.TRUE.equals(result)) {
            seen.put(key, swap.value());
        }
        return result;
    }

    /** Does and records anything; returns what it returned or threw. */
    Object record(String key, Object asked, Journal.Call call) throws IOException {
        Object result = journal.record(key, asked, call);
        failed |= result instanceof Exception;
        if (result instanceof InterruptedException) {
            Thread.currentThread().interrupt(); // which the exception has cleared: the client ends by it
        }
        return result;
    }

    /** Whether the client has not been told to end: a section may take long where nothing is available. */
    boolean goesOn() {
        return Files.exists(order.goesOn());
    }

    /** Whether anything failed since the last call of this. */
    boolean takeFailed() {
        boolean before = failed;
        failed = false;
        return before;
    }
}
