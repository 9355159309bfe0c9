package org.goaway.internal.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.GoAwayException;
import org.goaway.internal.cluster.ChannelException;

/** How the thread that starts a cluster waits: with a bound, and a warning every 5 seconds that says for what. */
final class Arrival {

    private static final Logger LOG = LogManager.getLogger(Arrival.class);

    static final Duration WARN_EVERY = Duration.ofSeconds(5);

    /** After so long it looks again what else may have happened. */
    static final Duration STEP = Duration.ofMillis(100);

    private Arrival() {}

    /** Waits until so many members are present; {@code check} may end the wait by an exception. */
    static void of(Node node, int count, Duration atMost, Runnable check) {
        of(node, count, atMost, check, () -> "");
    }

    /** The same; {@code more} is said of who is missing. */
    static void of(Node node, int count, Duration atMost, Runnable check, Supplier<String> more) {
        CompletableFuture<Void> reached = node.members().reached(count);
        BooleanSupplier there = () -> {
            check.run();
            return isDone(reached, STEP);
        };
        try {
            until(
                    there,
                    atMost,
                    () -> "has " + node.members().all() + " and waits for " + count + " members" + more.get());
        } finally {
            reached.cancel(false);
        }
    }

    /** The future's result; its own exception if it failed. */
    static <T> T of(CompletableFuture<T> future, Duration atMost, Supplier<String> reason) {
        until(() -> isDone(future, WARN_EVERY), atMost, reason);
        return future.join();
    }

    /** Waits for so long at most and returns whether the future has ended well; throws what it failed with. */
    static boolean isDone(CompletableFuture<?> future, Duration atMost) {
        try {
            future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    /** Repeats {@code done}, which waits a while itself, until it is so. */
    static void until(BooleanSupplier done, Duration atMost, Supplier<String> reason) {
        long start = System.nanoTime();
        long warned = start;
        while (!done.getAsBoolean()) {
            long now = System.nanoTime();
            if (now - start > atMost.toNanos()) {
                throw new GoAwayException(
                        "the cluster did not come up within " + atMost.toSeconds() + " s: it " + reason.get());
            }
            if (now - warned > WARN_EVERY.toNanos()) {
                warned = now;
                LOG.warn("after {} s the start {}", (now - start) / 1_000_000_000, reason.get());
            }
        }
    }

    private static GoAwayException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new GoAwayException("interrupted while the cluster started", e);
    }

    private static GoAwayException failure(Throwable cause) {
        return cause instanceof GoAwayException known
                ? known
                : new GoAwayException("the cluster did not come up: " + cause.getMessage(), cause);
    }

    /** Runs {@code start}; what JGroups refused becomes an exception of the API. */
    static Node channel(Supplier<Node> start) {
        try {
            return start.get();
        } catch (ChannelException e) {
            throw new GoAwayException(e.getMessage(), e);
        }
    }
}
