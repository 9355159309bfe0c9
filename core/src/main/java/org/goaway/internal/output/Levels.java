package org.goaway.internal.output;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * From which level on a spawner's log4j takes what its tasks log, so that the rest need not travel. Until the spawner has
 * told it, all levels count as taken, since the spawner drops what it does not want; a level is asked for again when it is
 * needed and {@link #TRUSTED_NANOS} old. Safe for any thread; asking does not wait.
 */
final class Levels {

    static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Consumer<AskLevel> ask;
    private final Map<String, Known> loggers = new ConcurrentHashMap<>();

    private record Known(int severity, long askedAt) {}

    /** {@code ask} sends to the spawner. */
    Levels(Consumer<AskLevel> ask) {
        this.ask = ask;
    }

    /** The number of the least severe level that is taken. */
    int severity(String logger, long now) {
        Known known = loggers.get(logger);
        if (known == null || now - known.askedAt() > TRUSTED_NANOS) {
            int meanwhile = known == null ? Integer.MAX_VALUE : known.severity();
            loggers.put(logger, new Known(meanwhile, now));
            ask.accept(new AskLevel(logger));
            return meanwhile;
        }
        return known.severity();
    }

    /** The spawner answered. */
    void told(LoggerLevel level) {
        loggers.computeIfPresent(level.logger(), (logger, known) -> new Known(level.severity(), known.askedAt()));
    }
}
