package org.goaway.internal.wire;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.goaway.internal.wire.value.TooDeep;

/**
 * Lets a recursion go as deep as data of an application go: at first on the caller's stack, which is trusted with little;
 * then on a thread whose stack is large enough for long chains of objects, and which ends with the call.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
interface DeepCall<T> {

    /** Some 2 KiB a level: a fifth of a usual stack. */
    int SHALLOW = 100;

    int DEEP = 200_000;

    /** Reserved, not used: only what the recursion touches becomes memory. */
    long LARGE_STACK = 1L << 30;

    /** What a caller near the end of its stack gets for the shallow try. */
    long USUAL_STACK = 8L << 20;

    T call(int maxDepth) throws IOException;

    /**
     * Runs {@code call}, from its start again wherever it needs a larger stack.
     *
     * @throws TooDeep if no stack is enough
     * @throws StackOverflowError if code of the application runs in circles
     */
    static <T> T run(DeepCall<T> call) throws IOException {
        try {
            return call.call(SHALLOW);
        } catch (TooDeep e) {
            return onThread(call, DEEP, LARGE_STACK);
        } catch (StackOverflowError e) {
            try {
                return onThread(call, SHALLOW, USUAL_STACK);
            } catch (TooDeep deeper) {
                return onThread(call, DEEP, LARGE_STACK);
            }
        }
    }

    private static <T> T onThread(DeepCall<T> call, int maxDepth, long stack) throws IOException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        result.complete(call.call(maxDepth));
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                "goaway-deep",
                stack);
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        try {
            // ends by itself, as the same call on the caller's thread would
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            } else if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            } else if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }
}
