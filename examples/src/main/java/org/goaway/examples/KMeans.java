package org.goaway.examples;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.goaway.Cluster;
import org.goaway.ClusterBarrier;
import org.goaway.GoAway;
import org.goaway.LinFastRead;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * K-means (Lloyd, 1982) on all servers. The centroids are in a LinFastRead object: each worker reads them from its own
 * memory, and leaves there what it summed; between the rounds all wait for each other at a barrier.
 */
@Command(
        name = "kmeans",
        description = "Finds the middles of clouds of points on all servers, and checks them against one thread's.",
        sortOptions = false)
public final class KMeans implements Runnable {

    private static final LinFastRead shared = GoAway.linFastRead("kmeans");

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions options;

    @Option(names = "--workers", paramLabel = "W", description = "shares of the points (default: ${DEFAULT-VALUE})")
    private int workers = 4;

    @Option(names = "--points", paramLabel = "N", description = "points of a share (default: ${DEFAULT-VALUE})")
    private int points = 50_000;

    @Option(names = "--clusters", paramLabel = "K", description = "clouds (default: ${DEFAULT-VALUE})")
    private int clusters = 5;

    @Option(names = "--rounds", paramLabel = "N", description = "rounds (default: ${DEFAULT-VALUE})")
    private int rounds = 10;

    @Option(names = "--seed", paramLabel = "N", description = "the points' seed (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Override
    public void run() {
        if (workers < 1 || clusters < 1 || points < clusters || rounds < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--workers " + workers + " --points " + points + " --clusters " + clusters + " --rounds " + rounds
                            + ": all are at least 1, and there are at least as many points as clusters");
        }
        List<Share> shares = IntStream.range(0, workers)
                .mapToObj(worker -> new Share(worker, points, clusters, seed))
                .toList();
        double[] first = Arrays.copyOf(shares.get(0).points(), 2 * clusters);
        double[] found;
        try (Cluster cluster = options.start()) {
            System.out.printf(
                    "%d workers on %d members%n", workers, cluster.members().size());
            shared.set("centroids", first);
            var working = shares.stream()
                    .map(share -> cluster.run(KMeans::work, share, workers, rounds))
                    .toList();
            working.forEach(worker -> worker.join());
            found = shared.get("centroids", double[].class);
        }
        for (int i = 0; i < found.length; i += 2) {
            System.out.printf("middle at %.2f, %.2f%n", found[i], found[i + 1]);
        }
        if (!Arrays.equals(found, byOneThread(shares, first))) {
            throw new IllegalStateException(
                    "one thread finds other middles: " + Arrays.toString(byOneThread(shares, first)));
        }
        System.out.println("found as by one thread");
    }

    /** One worker, on some server. */
    static void work(Share share, int workers, int rounds) throws InterruptedException {
        double[] points = share.points();
        ClusterBarrier together = GoAway.barrier("round", workers);
        for (int round = 0; round < rounds; round++) {
            double[] centroids = shared.get("centroids", double[].class);
            shared.set("sums of " + share.worker(), Share.sums(points, centroids));
            if (together.await() == 0) {
                List<double[]> sums = IntStream.range(0, workers)
                        .mapToObj(worker -> shared.get("sums of " + worker, double[].class))
                        .toList();
                shared.set("centroids", Share.next(sums, centroids));
            }
            together.await();
        }
    }

    private double[] byOneThread(List<Share> shares, double[] first) {
        List<double[]> points = shares.stream().map(Share::points).toList();
        double[] centroids = first;
        for (int round = 0; round < rounds; round++) {
            double[] before = centroids;
            centroids = Share.next(
                    points.stream().map(some -> Share.sums(some, before)).toList(), before);
        }
        return centroids;
    }

    public static void main(String[] args) {
        ClusterOptions.run(new KMeans(), args);
    }
}
