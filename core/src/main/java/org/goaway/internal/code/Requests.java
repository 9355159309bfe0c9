package org.goaway.internal.code;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/**
 * How a member asks another one. Safe for any thread; never blocks.
 */
@FunctionalInterface
public interface Requests {

    /**
     * Asks {@code to}. The future ends with the answer, or exceptionally when that member left, when it failed to answer,
     * or after {@code atMost}; on any thread, so what depends on it must be quick.
     */
    CompletableFuture<Message> request(MemberId to, Message message, Duration atMost);
}
