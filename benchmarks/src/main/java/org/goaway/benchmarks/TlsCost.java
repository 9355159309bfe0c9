package org.goaway.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.Weak;
import org.goaway.cli.Main;

/**
 * What TLS costs: an empty task's round trip, and distinct weak sets of 100 bytes until all members have them, in two clusters
 * of the same kind, of which one has a key. Each is two servers on this machine and this process; the measurements
 * take turns and the first round is not counted.
 */
public final class TlsCost {

    private static final String[] CLUSTERS = {"plain", "TLS"};
    private static final int SERVERS = 2;
    private static final int TASKS = 3_000;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Cluster> clusters = new ArrayList<>();
    private final int sets;
    private int round;

    private TlsCost(int sets) {
        this.sets = sets;
    }

    /** Takes the number of rounds (7) and of weak sets in each (100000). */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
        TlsCost benchmark = new TlsCost(args.length > 1 ? Integer.parseInt(args[1]) : 100_000);
        Path folder = Files.createTempDirectory("tls-cost");
        Path key = folder.resolve("cluster.key");
        try {
            benchmark.run(rounds, key);
        } finally {
            benchmark.close();
            Files.deleteIfExists(key);
            Files.delete(folder);
        }
    }

    private void run(int rounds, Path key) throws Exception {
        new ChildJava(Main.class.getName(), "key", "new", key.toString()).lines();
        start(CLUSTERS[0], List.of());
        start(CLUSTERS[1], List.of("--key-file", key.toString()));
        round(new Figures());
        Figures figures = new Figures();
        for (int i = 0; i < rounds; i++) {
            round(figures);
        }
        System.out.println("| | plain | TLS | ratio |");
        System.out.println("|---|---|---|---|");
        for (String what : new String[] {"empty task, median us", "distinct weak sets a second"}) {
            String plain = what + CLUSTERS[0];
            String tls = what + CLUSTERS[1];
            System.out.printf(
                    "| %s | %.1f | %.1f | %s |%n",
                    what, figures.median(plain), figures.median(tls), figures.ratio(tls, plain));
        }
    }

    private void start(String kind, List<String> options) throws Exception {
        String name = "tls-cost-" + kind + "-" + ProcessHandle.current().pid();
        for (int i = 1; i <= SERVERS; i++) {
            List<String> node =
                    new ArrayList<>(List.of("node", "--cluster", name, "--name", "server-" + i, "--bind", "127.0.0.1"));
            node.addAll(options);
            open.add(new ChildJava(Main.class.getName(), node.toArray(new String[0])));
        }
        var config = ClusterConfig.builder()
                .cluster(name)
                .launch("none")
                .discovery("multicast")
                .bind("127.0.0.1")
                .expect(SERVERS + 1)
                .spawnerTasks(false);
        if (!options.isEmpty()) {
            config.keyFile(Path.of(options.get(1)));
        }
        Cluster cluster = Cluster.start(config.build());
        open.add(cluster);
        clusters.add(cluster);
    }

    private void round(Figures into) throws Exception {
        round++;
        for (int i = 0; i < CLUSTERS.length; i++) {
            Cluster cluster = clusters.get(i);
            into.add("empty task, median us" + CLUSTERS[i], tasks(cluster));
            into.add("distinct weak sets a second" + CLUSTERS[i], sets(cluster));
        }
    }

    private static double tasks(Cluster cluster) {
        long[] nanos = new long[TASKS];
        for (int i = 0; i < TASKS; i++) {
            long began = System.nanoTime();
            EmptyTasks.burst(cluster, 1);
            nanos[i] = System.nanoTime() - began;
        }
        return Load.quantiles(nanos)[0];
    }

    private double sets(Cluster cluster) {
        Weak weak = cluster.weak("measured" + round);
        long began = System.nanoTime();
        for (int i = 0; i < sets; i++) {
            weak.set("field" + i, new byte[100]);
        }
        weak.sync();
        double rate = sets * 1e9 / (System.nanoTime() - began);
        weak.clear();
        weak.sync();
        return rate;
    }

    private void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (open.get(i) instanceof ChildJava child) {
                child.handle().destroyForcibly();
            }
            open.get(i).close();
        }
    }
}
