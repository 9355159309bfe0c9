package org.goaway.internal.object;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.goaway.ClusterClosedException;
import org.goaway.GoAwayException;
import org.goaway.OutcomeUnknownException;
import org.goaway.UnavailableException;
import org.goaway.protocol.ProtocolException;
import org.goaway.protocol.Waiting;

/**
 * Brings operations to the event loop and lets their callers wait. Once closed, every call and every wait ends with {@link
 * ClusterClosedException}. Safe for any thread.
 */
public final class Calls {

    /** Lets a protocol that bounds its operations itself say first what was missing. */
    private static final Duration GRACE = Duration.ofMillis(500);

    /** 73 years: no wait is longer, so that nothing that adds to it overflows. */
    static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 4);

    private final Executor loop;
    private final Waiting waiting;
    private final Duration timeout;
    private final UnaryOperator<String> names;
    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** {@code names} puts members' names for their ids in a message: protocols know members only by those. */
    Calls(Executor loop, Waiting waiting, Duration timeout, UnaryOperator<String> names) {
        this.loop = loop;
        this.waiting = waiting;
        this.timeout = bounded(timeout);
        this.names = names;
    }

    /** Throws {@link ClusterClosedException} once closed. */
    public void checkOpen() {
        if (closed) {
            throw closed();
        }
    }

    /** Runs {@code operation} on the loop; its future is completed there, or by {@link #close}. */
    public <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> operation) {
        CompletableFuture<T> result = new CompletableFuture<>();
        start(operation, result);
        var unused = result.whenComplete((value, failure) -> forget(result));
        return result;
    }

    private <T> void start(Supplier<CompletableFuture<T>> operation, CompletableFuture<T> result) {
        open.add(result);
        if (closed) {
            result.completeExceptionally(closed());
        }
        try {
            loop.execute(() -> begin(operation, result));
        } catch (RejectedExecutionException ended) {
            result.completeExceptionally(closed());
        }
    }

    @SuppressWarnings("CollectionUndefinedEquality") // a future equals itself alone, as is meant
    private void forget(CompletableFuture<?> result) {
        open.remove(result);
    }

    private static <T> void begin(Supplier<CompletableFuture<T>> operation, CompletableFuture<T> result) {
        if (result.isDone()) {
            return;
        }
        try {
            var unused = operation.get().whenComplete((value, failure) -> {
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(unwrapped(failure));
                }
            });
        } catch (RuntimeException wrong) {
            result.completeExceptionally(wrong);
        } catch (Error broken) {
            result.completeExceptionally(
                    new ProtocolException(ProtocolException.Outcome.UNKNOWN, "it was broken off by " + broken));
            throw broken; // for the loop to log
        }
    }

    /** Runs {@code action} on the loop some time; what it throws is the caller's own fault and is lost. */
    void tell(Runnable action) {
        var unused = start(() -> {
            action.run();
            return CompletableFuture.completedFuture(null);
        });
    }

    /** Runs {@code operation} on the loop and returns its result; {@code what} describes the wait. */
    public <T> T call(Supplier<CompletableFuture<T>> operation, Supplier<String> what) {
        checkOpen();
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            start(operation, result);
            return await(result, what);
        } finally {
            forget(result); // by the caller, who has the time, not by whoever answers it
        }
    }

    /** Waits for what {@link #start} returned, up to the operation's bound. */
    <T> T await(CompletableFuture<T> future, Supplier<String> what) {
        try {
            return waiting.await(future, timeout.plus(GRACE), what);
        } catch (TimeoutException late) {
            throw new OutcomeUnknownException(
                    "No answer in time: " + what.get() + ". It may still happen: read before" + " you repeat it", late);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknownException(
                    "Interrupted: " + what.get() + ". It may still happen: read before you repeat it", interrupt);
        } catch (RuntimeException failure) {
            throw translated(failure, what);
        }
    }

    /** Like {@link #call} for a read: whatever is missing, nothing was done. */
    public <T> T read(Supplier<CompletableFuture<T>> operation, Supplier<String> what) {
        try {
            return call(operation, what);
        } catch (OutcomeUnknownException late) {
            refuseInterrupted(late, what);
            throw new UnavailableException("No answer in time: " + what.get() + ". Repeat it later", late);
        }
    }

    /** Like {@link #call} for a wait that changes nothing: when no answer comes, it may be repeated. */
    <T> T confirm(Supplier<CompletableFuture<T>> operation, Supplier<String> what) {
        try {
            return call(operation, what);
        } catch (OutcomeUnknownException late) {
            refuseInterrupted(late, what);
            if (late.getCause() instanceof TimeoutException) {
                throw new UnavailableException("Not known in time: " + what.get() + ". Repeat it later", late);
            }
            throw late;
        }
    }

    /** What changes nothing has no outcome that could be unknown. */
    private static void refuseInterrupted(OutcomeUnknownException late, Supplier<String> what) {
        if (late.getCause() instanceof InterruptedException interrupt) {
            throw new GoAwayException("Interrupted: " + what.get(), interrupt);
        }
    }

    /**
     * Waits up to the operation's bound for something that is good to have but not needed, whatever interrupts: who is
     * interrupted is to be held back like others. An interrupt is kept for the caller to see. Ends when closed.
     */
    void pause(CompletableFuture<?> future, Supplier<String> what) {
        pause(future, LONGEST, what);
    }

    /** Like the other, and up to {@code atMost}. */
    void pause(CompletableFuture<?> future, Duration atMost, Supplier<String> what) {
        CompletableFuture<?> over = future.copy();
        Duration bound = atMost.compareTo(timeout) < 0 ? atMost : timeout;
        long end = System.nanoTime() + bound.toNanos();
        boolean interrupted = false;
        open.add(over);
        try {
            while (!closed) {
                try {
                    waiting.await(over, Duration.ofNanos(Math.max(0, end - System.nanoTime())), what);
                    return;
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException | ClusterClosedException late) {
            // the caller goes on
        } finally {
            forget(over);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits without bound if {@code atMost} is null; interrupts and time-outs are the caller's matter. */
    public <T> T await(CompletableFuture<T> future, Duration atMost, Supplier<String> what)
            throws InterruptedException, TimeoutException {
        try {
            return waiting.await(future, atMost == null ? null : bounded(atMost), what);
        } catch (RuntimeException failure) {
            throw translated(failure, what);
        }
    }

    private static Duration bounded(Duration atMost) {
        return atMost.compareTo(LONGEST) < 0 ? atMost : LONGEST;
    }

    /** Waits without bound and whatever interrupts; an interrupt is kept for the caller to see. */
    public <T> T awaitUninterruptibly(CompletableFuture<T> future, Supplier<String> what) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return await(future, null, what);
                } catch (InterruptedException again) {
                    interrupted = true;
                } catch (TimeoutException impossible) {
                    throw new IllegalStateException("a wait without bound timed out", impossible);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The text with members' names for their ids. */
    public String named(String text) {
        return names.apply(text);
    }

    /** What the program is told about a failure that a protocol reports. */
    RuntimeException translated(Throwable failure, Supplier<String> what) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof ProtocolException protocol) {
            return protocol.outcome() == ProtocolException.Outcome.NOT_DONE
                    ? new UnavailableException(
                            names.apply(protocol.getMessage()) + " (" + what.get()
                                    + "). Nothing was done: repeat it later",
                            protocol)
                    : new OutcomeUnknownException(
                            names.apply(protocol.getMessage()) + " (" + what.get()
                                    + "). It may have been done: read before you" + " repeat it",
                            protocol);
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new GoAwayException(what.get(), cause);
    }

    /**
     * A future for the program that ends as {@code inner} does. Its steps run neither on the event loop nor on the thread
     * of the listeners, which may wait for it, and not on an executor that ends with the node.
     */
    <T> CompletableFuture<T> published(CompletableFuture<T> inner, Supplier<String> what) {
        CompletableFuture<T> published = new CompletableFuture<>();
        var unused = inner.whenCompleteAsync((value, failure) -> {
            if (failure == null) {
                published.complete(value);
            } else {
                published.completeExceptionally(translated(failure, what));
            }
        });
        return published;
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static ClusterClosedException closed() {
        return new ClusterClosedException(
                "This cluster was closed: start another one, or use its handles before close()");
    }

    /** Ends all waits. Idempotent. */
    void close() {
        closed = true;
        open.forEach(future -> future.completeExceptionally(closed()));
    }
}
