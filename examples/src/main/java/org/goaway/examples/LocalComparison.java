package org.goaway.examples;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** The same chunks on this machine's cores, with an ordinary thread pool. */
record LocalComparison(List<NonceSearch> chunks, boolean all) {

    /** A line that tells how long it took. */
    String run() {
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        AtomicBoolean found = new AtomicBoolean();
        long start = System.nanoTime();
        try {
            List<Future<Boolean>> searches = chunks.stream()
                    .map(chunk -> pool.submit(() -> {
                        boolean some =
                                !chunk.run(all, () -> !all && found.get()).isEmpty();
                        if (some) {
                            found.set(true);
                        }
                        return some;
                    }))
                    .toList();
            for (Future<Boolean> search : searches) {
                search.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (ExecutionException e) {
            throw new IllegalStateException("a search failed", e.getCause());
        } finally {
            pool.shutdownNow();
        }
        return String.format("time without GoAway on %d threads: %.3f s", threads, (System.nanoTime() - start) / 1e9);
    }
}
