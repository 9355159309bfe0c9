package org.goaway.examples;

import java.time.Duration;
import java.util.stream.IntStream;
import org.goaway.Cluster;
import org.goaway.ClusterBarrier;
import org.goaway.ClusterLatch;
import org.goaway.ClusterLong;
import org.goaway.ClusterSemaphore;
import org.goaway.GoAway;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Workers that go through rounds together, with fewer tools than workers, until a latch says that all are done. */
@Command(name = "rounds", description = "Workers on all servers go through rounds together.")
public final class Rounds implements Runnable {

    private static final int WORKERS = 3;

    private static final ClusterBarrier together = GoAway.barrier("round", WORKERS);
    private static final ClusterSemaphore tools = GoAway.semaphore("tools", 2);
    private static final ClusterLatch done = GoAway.latch("done", WORKERS);
    private static final ClusterLong pieces = GoAway.atomicLong("pieces");

    @Mixin
    private ClusterOptions options;

    @Option(names = "--rounds", description = "how many rounds (default: ${DEFAULT-VALUE})")
    private int rounds = 4;

    static void work(int rounds) throws InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            tools.acquire();
            try {
                pieces.incrementAndGet();
            } finally {
                tools.release();
            }
            boolean last = together.await() == 0;
            if (last) {
                System.out.println("after round " + round + ": " + pieces.get() + " pieces");
            }
            together.await();
        }
        done.countDown();
    }

    @Override
    public void run() {
        try (Cluster cluster = options.start()) {
            var workers = IntStream.range(0, WORKERS)
                    .mapToObj(worker -> cluster.run(Rounds::work, rounds))
                    .toList();
            boolean all = done.await(Duration.ofMinutes(1));
            workers.forEach(worker -> worker.join());
            System.out.println((all ? "all done, " : "too slow, ") + pieces.get() + " pieces");
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    public static void main(String[] args) {
        ClusterOptions.run(new Rounds(), args);
    }
}
