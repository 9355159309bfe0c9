package org.goaway.benchmarks;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What is left of a call when nothing is done for it: threads hand something to one thread and sleep until it wakes them.
 * No log that is called so can be faster.
 */
final class Crowd implements AutoCloseable {

    private static final long PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Queue<CompletableFuture<Void>> waiting = new ConcurrentLinkedQueue<>();
    private final Thread server = new Thread(this::serve, "benchmark-crowd");
    private volatile boolean parked;
    private volatile boolean closed;

    Crowd() {
        server.setDaemon(true);
        server.start();
    }

    private void serve() {
        while (!closed) {
            CompletableFuture<Void> next = waiting.poll();
            if (next != null) {
                next.complete(null);
                continue;
            }
            parked = true;
            if (waiting.isEmpty()) {
                LockSupport.parkNanos(this, PARK_NANOS);
            }
            parked = false;
        }
    }

    void call() throws InterruptedException, ExecutionException {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        waiting.add(answer);
        if (parked) {
            parked = false;
            LockSupport.unpark(server);
        }
        answer.get();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(server);
    }
}
