package org.goaway.benchmarks;

import java.util.concurrent.Callable;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.Member;
import org.goaway.StrictCentralized;
import org.goaway.TaskOptions;

/**
 * StrictCentralized beside bare jgroups-raft with the same stack: three server processes each, called at the leader, at a
 * follower (bare: by jgroups-raft's REDIRECT) and, for GoAway, at the spawner, which does not vote. The calls are made by
 * tasks on the servers or by the voters' own processes, so like is compared with like. Both groups live throughout, the
 * measurements take turns, and the first round is not counted.
 */
public final class StrictBenchmark {

    private static final int THREADS = 64;

    private final Figures figures = new Figures();
    private final Cluster cluster;
    private final BareGroup bare;
    private final ProcessorTime clusterTime;
    private final ProcessorTime bareTime;
    private final Member leader;
    private final Member follower;
    private final int millis;

    private StrictBenchmark(Cluster cluster, BareGroup bare, int millis) {
        this.cluster = cluster;
        this.bare = bare;
        this.millis = millis;
        this.clusterTime = new ProcessorTime(cluster.members().stream()
                .map(member -> TaskOptions.builder().on(member).build())
                .map(there ->
                        cluster.call(there, () -> ProcessHandle.current().pid()).join())
                .map(pid -> ProcessHandle.of(pid).orElseThrow())
                .toList());
        this.bareTime = bare.processorTime();
        this.leader = cluster.members().get(0);
        this.follower = cluster.members().stream()
                .filter(member -> !member.isSpawner() && !member.equals(leader))
                .findFirst()
                .orElseThrow();
    }

    /** Takes the number of rounds (9) and the milliseconds of each measurement (500). */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
        int millis = args.length > 1 ? Integer.parseInt(args[1]) : 500;
        ClusterConfig config = ClusterConfig.builder().localServers(3).build();
        try (Cluster cluster = GoAway.init(config);
                BareGroup bare = new BareGroup()) {
            StrictBenchmark benchmark = new StrictBenchmark(cluster, bare, millis);
            new StrictBenchmark(cluster, bare, millis).round();
            for (int round = 0; round < rounds; round++) {
                benchmark.round();
            }
            benchmark.print();
        }
    }

    private void round() throws Exception {
        figures.add("bare leader", bare.latency(true, millis));
        figures.add("set leader", at(leader, true, 1));
        figures.add("get leader", at(leader, false, 1));
        figures.add("bare follower", bare.latency(false, millis));
        figures.add("set follower", at(follower, true, 1));
        figures.add("get follower", at(follower, false, 1));
        figures.add("set spawner", measure(true, 1, millis));
        figures.add("get spawner", measure(false, 1, millis));
        rate("crowd", bareTime, () -> bare.crowd(THREADS, millis));
        rate("bare leader 64", bareTime, () -> bare.rate(true, THREADS, millis));
        rate("set leader 64", clusterTime, () -> at(leader, true, THREADS));
        rate("get leader 64", clusterTime, () -> at(leader, false, THREADS));
        rate("bare follower 64", bareTime, () -> bare.rate(false, THREADS, millis));
        rate("set follower 64", clusterTime, () -> at(follower, true, THREADS));
        rate("get follower 64", clusterTime, () -> at(follower, false, THREADS));
        rate("set spawner 64", clusterTime, () -> measure(true, THREADS, millis));
        rate("get spawner 64", clusterTime, () -> measure(false, THREADS, millis));
    }

    private void rate(String name, ProcessorTime side, Callable<Double> measurement) throws Exception {
        double before = side.micros();
        double rate = measurement.call();
        figures.add(name, rate);
        figures.add(name + " cpu", (side.micros() - before) / (rate * millis / 1e3));
    }

    private double at(Member member, boolean set, int threads) {
        TaskOptions there = TaskOptions.builder().on(member).build();
        return cluster.call(there, StrictBenchmark::measure, set, threads, millis)
                .join();
    }

    /** On any member: the median of one call at a time in microseconds, or the calls per second of more threads. */
    static double measure(boolean set, int threads, int millis) throws Exception {
        StrictCentralized object = GoAway.current().strictCentralized("measured");
        String[] fields = new String[threads];
        for (int i = 0; i < threads; i++) {
            fields[i] = "field" + i;
            object.set(fields[i], 0L);
        }
        Load.Operation operation = set
                ? thread -> object.set(fields[thread], System.nanoTime())
                : thread -> object.get(fields[thread], Long.class);
        return threads == 1 ? Load.latency(operation, millis)[0] : Load.rate(operation, threads, millis);
    }

    private void print() {
        System.out.printf(
                "%nbare jgroups-raft set: %.1f us at the leader, %.1f us at a follower (medians, one at a time)%n",
                figures.median("bare leader"), figures.median("bare follower"));
        System.out.println("| one at a time | median us | ratio to the bare set at the same place |");
        System.out.println("|---|---|---|");
        printLatency("set leader", "bare leader");
        printLatency("get leader", "bare leader");
        printLatency("set follower", "bare follower");
        printLatency("get follower", "bare follower");
        printLatency("set spawner", "bare follower");
        printLatency("get spawner", "bare follower");
        System.out.printf(
                "%nbare jgroups-raft set, %d threads: %.0f/s at the leader, %.0f/s at a follower%n",
                THREADS, figures.median("bare leader 64"), figures.median("bare follower 64"));
        System.out.printf(
                "threads that only hand over and are woken: %.0f/s, %.1f us of processor time a call%n",
                figures.median("crowd"), figures.median("crowd cpu"));
        System.out.printf(
                "processor time of a call, over all processes: %.1f us, %.1f us%n",
                figures.median("bare leader 64 cpu"), figures.median("bare follower 64 cpu"));
        System.out.printf(
                "| %d threads | calls/s | times the bare rate at the same place | processor us a call | ratio |%n",
                THREADS);
        System.out.println("|---|---|---|---|---|");
        printRate("set leader 64", "bare leader 64");
        printRate("get leader 64", "bare leader 64");
        printRate("set follower 64", "bare follower 64");
        printRate("get follower 64", "bare follower 64");
        printRate("set spawner 64", "bare follower 64");
        printRate("get spawner 64", "bare follower 64");
    }

    private void printLatency(String name, String peer) {
        System.out.printf("| %s | %.1f | %s |%n", name, figures.median(name), figures.ratio(name, peer));
    }

    private void printRate(String name, String peer) {
        System.out.printf(
                "| %s | %.0f | %s | %.1f | %s |%n",
                name,
                figures.median(name),
                figures.ratio(name, peer),
                figures.median(name + " cpu"),
                figures.ratio(name + " cpu", peer + " cpu"));
    }
}
