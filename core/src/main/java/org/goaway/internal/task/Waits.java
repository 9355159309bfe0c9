package org.goaway.internal.task;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.GoAwayException;
import org.goaway.internal.task.Scope.Wait;
import org.goaway.protocol.Waiting;

/**
 * Lets threads wait. A task's thread gives up its slot meanwhile, and its spawner is told when it has waited for long; the
 * long wait of any other thread is logged here. Safe for any thread.
 */
final class Waits implements Waiting {

    private static final Logger LOG = LogManager.getLogger(Waits.class);

    private final long longNanos;

    /** {@code longNanos} is the time after which a wait is told. */
    Waits(long longNanos) {
        this.longNanos = longNanos;
    }

    @Override
    public <T> T await(CompletableFuture<T> future, Duration atMost, Supplier<String> reason)
            throws InterruptedException, TimeoutException {
        return await(future, atMost, reason, () -> "");
    }

    /**
     * Like the other, but a long wait is told with {@code why}, asked when it is to be told, and not told while that is null:
     * something goes on.
     */
    <T> T await(CompletableFuture<T> future, Duration atMost, Supplier<String> reason, Supplier<String> why)
            throws InterruptedException, TimeoutException {
        if (future.isDone()) {
            return get(future, 0);
        }
        Wait wait = new Wait(System.nanoTime(), reason);
        Scope scope = Scope.current();
        RunningTask task = RunningTask.ofThread();
        if (scope != null) {
            scope.waits().put(Thread.currentThread(), wait);
        }
        if (task != null) {
            task.waitBegins();
        }
        try {
            return await(future, wait, atMost == null ? Long.MAX_VALUE : atMost.toNanos(), why);
        } finally {
            if (task != null) {
                task.waitEnds();
            }
            if (scope != null) {
                scope.waits().remove(Thread.currentThread());
            }
        }
    }

    private <T> T await(CompletableFuture<T> future, Wait wait, long atMost, Supplier<String> why)
            throws InterruptedException, TimeoutException {
        boolean told = false;
        while (true) {
            long left = atMost - (System.nanoTime() - wait.since());
            if (left <= 0 && !future.isDone()) {
                throw new TimeoutException(
                        "waited " + TimeUnit.NANOSECONDS.toMillis(atMost) + " ms for " + wait.text());
            }
            try {
                return get(future, told ? left : Math.min(left, longNanos));
            } catch (TimeoutException e) {
                if (!told && System.nanoTime() - wait.since() >= longNanos) {
                    String known = why.get();
                    told = known != null;
                    if (told && !future.isDone()) {
                        tell(wait, known);
                    }
                }
            }
        }
    }

    private void tell(Wait wait, String why) {
        RunningTask task = RunningTask.ofThread();
        String text = "has waited " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - wait.since()) + " s for "
                + wait.text() + (why.isEmpty() ? "" : ": " + why);
        if (task != null) {
            task.tellBlocked(text);
        } else {
            LOG.warn("thread {} {}", Thread.currentThread().getName(), text);
        }
    }

    private static <T> T get(CompletableFuture<T> future, long nanos) throws InterruptedException, TimeoutException {
        try {
            return nanos == Long.MAX_VALUE ? future.get() : future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new GoAwayException(e.getCause().getMessage(), e.getCause());
        }
    }
}
