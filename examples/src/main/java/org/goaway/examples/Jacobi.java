package org.goaway.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.goaway.Cluster;
import org.goaway.ClusterBarrier;
import org.goaway.GoAway;
import org.goaway.Member;
import org.goaway.UpdateOnRelease;
import org.goaway.Weak;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Heat that spreads over a plate, of which each worker has a strip. The rows that neighbours need are in plain arrays of an
 * UpdateOnRelease object for each strip: a worker changes them within acquire and release, does what it can without those of
 * its neighbours meanwhile, and all wait for each other at a barrier before the neighbours acquire, and so see, them.
 */
@Command(
        name = "jacobi",
        description = "Spreads heat over a plate on all servers, paints it, and checks it against one thread's.",
        sortOptions = false)
public final class Jacobi implements Runnable {

    private static final Weak progress = GoAway.weak("jacobi");

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions options;

    @Option(names = "--size", paramLabel = "N", description = "rows and columns (default: ${DEFAULT-VALUE})")
    private int size = 500;

    @Option(names = "--rounds", paramLabel = "N", description = "rounds (default: ${DEFAULT-VALUE})")
    private int rounds = 2000;

    @Option(names = "--workers", paramLabel = "W", description = "strips of the plate (default: one for each server)")
    private Integer workers;

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "rounds from one exchange of borders to the next (default: an eighth of a strip's rows)")
    private Integer depth;

    @Option(names = "--image", paramLabel = "FILE", description = "where to paint it (default: ${DEFAULT-VALUE})")
    private Path image = Path.of("jacobi.png");

    @Option(names = "--compare", description = "afterwards, the same on this machine's cores without GoAway")
    private boolean compare;

    /**
     * What all workers do.
     *
     * @param workers how many they are
     * @param depth rounds from one exchange to the next
     */
    record Job(Plate plate, int rounds, int workers, int depth) {}

    /** The wider the borders, the more is done twice, and the fewer exchanges there are to wait for. */
    private static final int ROWS_FOR_ONE_OF_DEPTH = 8;

    @Override
    public void run() {
        check(workers == null ? 1 : workers);
        Plate plate = new Plate(size);
        double[] cells = plate.rows(0, size);
        try (Cluster cluster = options.startServers()) {
            List<Member> servers = cluster.members().stream()
                    .filter(member -> !member.isSpawner())
                    .toList();
            int strips = workers == null ? Math.max(1, servers.size()) : workers;
            check(strips);
            Job job = new Job(plate, rounds, strips, depth(strips));
            System.out.printf("%d strips on %d servers%n", job.workers(), servers.size());
            gather(spread(cluster, job), cells);
        }
        paint(plate, cells);
        if (!Arrays.equals(cells, new PlainJacobi(plate, rounds, 1).run().cells())) {
            throw new IllegalStateException("one thread makes something else of the plate");
        }
        System.out.println("the same as by one thread");
        if (compare) {
            int threads = Runtime.getRuntime().availableProcessors();
            System.out.printf(
                    "time without GoAway on %d threads: %.3f s%n",
                    threads, new PlainJacobi(plate, rounds, threads).run().seconds());
        }
    }

    private List<Relaxed> spread(Cluster cluster, Job job) {
        Bar bar = new Bar(System.err, "rounds", rounds);
        try (var shown = progress.onChange("rounds", done -> bar.show((int) done))) {
            var working = IntStream.range(0, job.workers())
                    .mapToObj(worker -> cluster.call(Jacobi::work, job, worker))
                    .toList();
            return working.stream().map(worker -> worker.join()).toList();
        } finally {
            bar.end();
        }
    }

    /** One worker, on some server. */
    static Relaxed work(Job job, int worker) throws InterruptedException {
        Strip strip = new Strip(job.plate(), worker, job.workers(), job.depth());
        ClusterBarrier together = GoAway.barrier("exchange", job.workers());
        together.await();
        long start = System.nanoTime();
        for (int block = 0; block * job.depth() < job.rounds(); block++) {
            int done = block * job.depth();
            int rounds = Math.min(job.depth(), job.rounds() - done);
            if (block > 0) {
                give(job, worker, strip, block);
            }
            strip.relaxInside(rounds);
            if (block > 0) {
                together.await();
                take(job, worker, strip, block);
            }
            strip.relaxEdges(rounds);
            if (worker == 0) {
                progress.set("rounds", done);
            }
        }
        return new Relaxed(strip.rows(), System.nanoTime() - start);
    }

    private static void give(Job job, int worker, Strip strip, int block) {
        UpdateOnRelease own = GoAway.updateOnRelease("strip " + worker);
        try (var held = own.acquire()) {
            if (worker > 0) {
                strip.top(edge(own, "top", block, strip));
            }
            if (worker < job.workers() - 1) {
                strip.bottom(edge(own, "bottom", block, strip));
            }
        }
    }

    private static void take(Job job, int worker, Strip strip, int block) {
        if (worker > 0) {
            UpdateOnRelease above = GoAway.updateOnRelease("strip " + (worker - 1));
            try (var held = above.acquire()) {
                strip.above(edge(above, "bottom", block, strip));
            }
        }
        if (worker < job.workers() - 1) {
            UpdateOnRelease below = GoAway.updateOnRelease("strip " + (worker + 1));
            try (var held = below.acquire()) {
                strip.below(edge(below, "top", block, strip));
            }
        }
    }

    /** The arrays of two blocks are not the same: a fast neighbour is already at the next one. */
    private static double[] edge(UpdateOnRelease shared, String side, int block, Strip strip) {
        return shared.array(side + block % 2, double[].class, strip.edgeCells());
    }

    private void gather(List<Relaxed> strips, double[] cells) {
        int at = size;
        double seconds = 0;
        for (Relaxed strip : strips) {
            System.arraycopy(strip.cells(), 0, cells, at, strip.cells().length);
            at += strip.cells().length;
            seconds = Math.max(seconds, strip.seconds());
        }
        System.out.printf("time %.3f s%n", seconds);
    }

    private void paint(Plate plate, double[] cells) {
        try {
            Picture.write(plate, cells, image);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--image " + image + " cannot be written: " + e, e);
        }
        System.out.println("painted " + image);
    }

    private int depth(int strips) {
        return depth == null ? Math.max(1, (size - 2) / Math.max(1, strips) / ROWS_FOR_ONE_OF_DEPTH) : depth;
    }

    private void check(int strips) {
        if (size < 3 || rounds < 1 || strips < 1 || depth(strips) < 1 || (size - 2) / strips < depth(strips)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--size " + size + " --rounds " + rounds + " --depth " + depth(strips) + " with " + strips
                            + " strips: all are at least 1, and a strip has at least as many rows as the depth");
        }
    }

    public static void main(String[] args) {
        ClusterOptions.run(new Jacobi(), args);
    }
}
