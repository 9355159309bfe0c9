package org.goaway.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The rounds of {@link Jacobi} on threads of this process, which share one plate. */
record PlainJacobi(Plate plate, int rounds, int threads) {

    /** The plate after all rounds. */
    Relaxed run() {
        double[] even = plate.rows(0, plate.size());
        double[] odd = even.clone();
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> workers = new ArrayList<>();
        long start = System.nanoTime();
        try {
            for (int worker = 0; worker < threads; worker++) {
                int from = 1 + (plate.size() - 2) * worker / threads;
                int to = 1 + (plate.size() - 2) * (worker + 1) / threads;
                workers.add(pool.submit(() -> {
                    work(even, odd, from, to, together);
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a thread failed", e.getCause());
        } finally {
            pool.shutdownNow();
        }
        return new Relaxed(rounds % 2 == 0 ? even : odd, System.nanoTime() - start);
    }

    private void work(double[] even, double[] odd, int from, int to, CyclicBarrier together)
            throws InterruptedException, BrokenBarrierException {
        for (int round = 0; round < rounds; round++) {
            plate.relax(round % 2 == 0 ? even : odd, round % 2 == 0 ? odd : even, from, to);
            together.await();
        }
    }
}
