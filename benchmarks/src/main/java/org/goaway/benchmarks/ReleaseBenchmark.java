package org.goaway.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.UpdateOnRelease;

/**
 * The call of release() after a section that changed some elements of a large shared array, beside copying the array twice: that is
 * about what reading the array and its twin once takes. With two other server processes, which get the release; each call starts when they have had
 * time for the one before. The first round is not counted.
 */
public final class ReleaseBenchmark {

    private static final int LENGTH = 1_000_000;
    private static final int CALLS = 40;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int[] CHANGED = {1, 100, 10_000};

    private final Figures figures = new Figures();
    private final UpdateOnRelease object;
    private final double[] array;
    private final double[] copy = new double[LENGTH];
    private double value;

    private ReleaseBenchmark(UpdateOnRelease object) {
        this.object = object;
        array = object.array("array", double[].class, LENGTH);
    }

    /** Takes the number of rounds (5). */
    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        ClusterConfig config = ClusterConfig.builder().localServers(2).build();
        try (Cluster cluster = GoAway.init(config)) {
            ReleaseBenchmark benchmark = new ReleaseBenchmark(cluster.updateOnRelease("measured"));
            benchmark.round(new Figures());
            for (int i = 0; i < rounds; i++) {
                benchmark.round(benchmark.figures);
            }
            benchmark.print();
        }
    }

    private void round(Figures into) {
        into.add("copy", median(this::copyTwice));
        for (int changed : CHANGED) {
            into.add(name(changed), median(() -> release(changed)));
        }
    }

    private interface Measured {
        long nanos();
    }

    private static double median(Measured measured) {
        long[] nanos = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            nanos[i] = measured.nanos();
            LockSupport.parkNanos(PAUSE);
        }
        return Load.quantiles(nanos)[0];
    }

    private long copyTwice() {
        long began = System.nanoTime();
        System.arraycopy(array, 0, copy, 0, LENGTH);
        System.arraycopy(array, 0, copy, 0, LENGTH);
        return System.nanoTime() - began;
    }

    private long release(int changed) {
        object.acquire();
        value++;
        for (int i = 0; i < changed; i++) {
            array[(int) ((long) i * LENGTH / changed)] = value;
        }
        long began = System.nanoTime();
        object.release();
        return System.nanoTime() - began;
    }

    private static String name(int changed) {
        return changed + " elements";
    }

    private void print() {
        System.out.printf("| release() of %,d doubles, changed | median us | ratio to copying them twice |%n", LENGTH);
        System.out.println("|---|---|---|");
        System.out.printf("| copied twice | %.0f | 1 |%n", figures.median("copy"));
        for (int changed : CHANGED) {
            String name = name(changed);
            System.out.printf("| %s | %.0f | %s |%n", name, figures.median(name), figures.ratio(name, "copy"));
        }
    }
}
