package org.goaway.internal.object.coordination;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.goaway.internal.object.Calls;
import org.goaway.protocol.coordination.Coordination;
import org.goaway.protocol.coordination.Ended;
import org.goaway.protocol.coordination.Wait;

/** One thread's wait. A thread that gives up hears whether it was too late: then it has what it waited for. */
final class Waiter {

    private final Coordination coordination;
    private final Calls calls;
    private final Supplier<String> reason;
    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private final CompletableFuture<Ended> ended;
    private volatile Wait wait;

    private Waiter(Coordination coordination, Calls calls, Supplier<Wait> begin, LongFunction<String> reason) {
        this.coordination = coordination;
        this.calls = calls;
        this.reason = () -> reason.apply(wait == null ? -1 : wait.standing());
        this.ended = calls.start(() -> {
            wait = begin.get();
            var unused = wait.answered().thenRun(() -> answered.complete(null));
            return wait.ended();
        });
        var unused = ended.whenComplete((end, failure) -> answered.complete(null));
    }

    /**
     * Waits until what {@code begin} began has ended.
     *
     * @param begin called on the event loop
     * @param atMost null: without bound. The log's first answer is waited for in any case
     * @param reason what is waited for, given how far the wait has come; -1: not known yet
     * @return how it ended; {@link Ended.How#TAKEN_BACK} when the time was over
     */
    static Ended await(
            Coordination coordination, Calls calls, Supplier<Wait> begin, Duration atMost, LongFunction<String> reason)
            throws InterruptedException {
        calls.checkOpen();
        if (Thread.interrupted()) {
            throw new InterruptedException("before waiting for " + reason.apply(-1));
        }
        return new Waiter(coordination, calls, begin, reason).end(atMost);
    }

    private Ended end(Duration atMost) throws InterruptedException {
        long since = System.nanoTime();
        try {
            if (atMost == null) {
                return calls.await(ended, null, reason);
            }
            calls.await(answered, null, reason);
            Duration left = atMost.minusNanos(System.nanoTime() - since);
            return calls.await(ended, left.isNegative() ? Duration.ZERO : left, reason);
        } catch (TimeoutException late) {
            return giveUp();
        } catch (InterruptedException interrupt) {
            return endInterrupted(interrupt);
        }
    }

    /** An interrupt that is not thrown is kept for the caller to see. */
    private Ended endInterrupted(InterruptedException interrupt) throws InterruptedException {
        boolean thrown = false;
        try {
            Ended end = giveUp();
            thrown = end.how() != Ended.How.PASSED;
            if (thrown) {
                throw interrupt;
            }
            return end;
        } finally {
            if (!thrown) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Ended giveUp() {
        return calls.call(() -> wait == null ? ended : coordination.giveUp(wait), reason);
    }
}
