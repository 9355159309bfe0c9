package org.goaway.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Calls one operation for a while and tells how long each call took, or how many there were. The same for all peers. */
final class Load {

    private Load() {}

    /** What is measured; returns when it is done. */
    @FunctionalInterface
    interface Operation {
        /**
         * Does it once.
         *
         * @param thread who does it, from 0
         */
        void run(int thread) throws Exception;
    }

    /** Microseconds of one call after the other by the calling thread: the median and the 99th percentile. */
    static double[] latency(Operation operation, int millis) throws Exception {
        List<Long> nanos = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long began = System.nanoTime();
        while (began < end) {
            operation.run(0);
            long done = System.nanoTime();
            nanos.add(done - began);
            began = done;
        }
        return quantiles(nanos.stream().mapToLong(Long::longValue).toArray());
    }

    /** Calls per second of so many threads, each with one call at a time. */
    static double rate(Operation operation, int threads, int millis) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long began = System.nanoTime();
            long end = began + TimeUnit.MILLISECONDS.toNanos(millis);
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                counts.add(pool.submit(() -> repeat(operation, thread, end)));
            }
            long calls = 0;
            for (Future<Long> count : counts) {
                calls += count.get();
            }
            return calls * 1e9 / (System.nanoTime() - began);
        } finally {
            pool.shutdownNow();
        }
    }

    private static long repeat(Operation operation, int thread, long end) throws Exception {
        long calls = 0;
        while (System.nanoTime() < end) {
            operation.run(thread);
            calls++;
        }
        return calls;
    }

    /** The median and the 99th percentile in microseconds. */
    static double[] quantiles(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new double[] {sorted[sorted.length / 2] / 1e3, sorted[(int) (sorted.length * 0.99)] / 1e3};
    }
}
