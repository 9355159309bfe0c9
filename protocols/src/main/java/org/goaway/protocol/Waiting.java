package org.goaway.protocol;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * How a thread of the application waits inside a call of GoAway: it gives up its task slot meanwhile, and a wait of more
 * than 5 seconds is logged once with its reason. Never called on the event loop.
 */
public interface Waiting {

    /**
     * Returns the future's result.
     *
     * @param atMost how long to wait; null: without bound
     * @param reason what the thread waits for and whom it takes to go on, asked when it is to be logged or explained
     * @throws TimeoutException after {@code atMost}; the future is left as it is
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws RuntimeException the future's own exception, not wrapped
     */
    <T> T await(CompletableFuture<T> future, Duration atMost, Supplier<String> reason)
            throws InterruptedException, TimeoutException;
}
