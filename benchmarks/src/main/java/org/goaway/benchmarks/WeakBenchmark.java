package org.goaway.benchmarks;

import java.util.concurrent.TimeUnit;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.Weak;
import org.goaway.internal.cluster.BareMap;

/**
 * Weak sets of one thread beside puts into JGroups' ReplicatedHashMap that do not wait either: three processes each, on the
 * same stack, written to by this one. Sets of Longs to 1,000 fields again and again are counted when they are accepted;
 * distinct sets of 100 bytes, when all three have all of them. The measurements take turns, and so does who goes first. The
 * first rounds are not counted: until then three processes compile on the same cores. A round begins when the removals of the
 * one before are forgotten, so that it does not measure that, too.
 */
public final class WeakBenchmark {

    private static final int FIELDS = 1_000;
    private static final int WARM_UP = 3;

    /** A removal is remembered for three rounds of forgetting, which begin a second apart. */
    private static final long FORGETTING_SECONDS = 5;

    private final Figures figures = new Figures();
    private final Cluster cluster;
    private final BareMap map;
    private final ChildJava[] replicas;
    private final int millis;
    private final int distinct;
    private int keys;
    private int round;

    private WeakBenchmark(Cluster cluster, BareMap map, ChildJava[] replicas, int millis, int distinct) {
        this.cluster = cluster;
        this.map = map;
        this.replicas = replicas;
        this.millis = millis;
        this.distinct = distinct;
    }

    /** Takes the number of rounds (5), the milliseconds of accepting (500) and the number of distinct sets (200000). */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int millis = args.length > 1 ? Integer.parseInt(args[1]) : 500;
        int distinct = args.length > 2 ? Integer.parseInt(args[2]) : 200_000;
        ClusterConfig config = ClusterConfig.builder().localServers(2).build();
        try (Cluster cluster = GoAway.init(config);
                BareMap map = new BareMap("map-0", 0);
                ChildJava one = new ChildJava(BareReplica.class.getName(), "map-1", Integer.toString(map.port()));
                ChildJava two = new ChildJava(BareReplica.class.getName(), "map-2", Integer.toString(map.port()))) {
            one.answer();
            two.answer();
            map.awaitMembers(3);
            WeakBenchmark benchmark = new WeakBenchmark(cluster, map, new ChildJava[] {one, two}, millis, distinct);
            for (int i = 0; i < WARM_UP; i++) {
                benchmark.round(new Figures());
            }
            for (int i = 0; i < rounds; i++) {
                benchmark.round(benchmark.figures);
            }
            benchmark.print();
        }
    }

    private void round(Figures into) throws Exception {
        Weak weak = cluster.weak("measured" + round++);
        if (round % 2 == 0) {
            acceptedByWeak(weak, into);
            acceptedByMap(into);
            into.add("distinct", distinct(weak));
            into.add("map distinct", distinctInMap());
        } else {
            acceptedByMap(into);
            acceptedByWeak(weak, into);
            into.add("map distinct", distinctInMap());
            into.add("distinct", distinct(weak));
        }
        weak.clear();
        weak.sync();
        TimeUnit.SECONDS.sleep(FORGETTING_SECONDS);
    }

    private void acceptedByWeak(Weak weak, Figures into) {
        into.add("accepted", accepted(weak::set));
        weak.sync();
    }

    private void acceptedByMap(Figures into) throws Exception {
        into.add("map accepted", accepted(map::put));
        keys = Math.max(keys, FIELDS);
        awaitMap();
    }

    private interface Writing {
        void set(String field, Object value);
    }

    private double accepted(Writing writing) {
        String[] fields = new String[FIELDS];
        for (int i = 0; i < FIELDS; i++) {
            fields[i] = "field" + i;
        }
        long began = System.nanoTime();
        long end = began + TimeUnit.MILLISECONDS.toNanos(millis);
        long sets = 0;
        while (System.nanoTime() < end) {
            for (String field : fields) {
                writing.set(field, sets++);
            }
        }
        return sets * 1e9 / (System.nanoTime() - began);
    }

    private double distinct(Weak weak) {
        String[] fields = names();
        long began = System.nanoTime();
        for (String field : fields) {
            weak.set(field, new byte[100]);
        }
        weak.sync();
        return distinct * 1e9 / (System.nanoTime() - began);
    }

    private double distinctInMap() throws Exception {
        String[] fields = names();
        keys += distinct;
        long began = System.nanoTime();
        for (String field : fields) {
            map.put(field, new byte[100]);
        }
        awaitMap();
        return distinct * 1e9 / (System.nanoTime() - began);
    }

    private void awaitMap() throws Exception {
        for (ChildJava replica : replicas) {
            replica.ask(Integer.toString(keys));
        }
    }

    private String[] names() {
        String[] names = new String[distinct];
        for (int i = 0; i < distinct; i++) {
            names[i] = "r" + round + "-" + i;
        }
        return names;
    }

    private void print() {
        System.out.println("| | Weak, sets/s | ReplicatedHashMap, puts/s | ratio |");
        System.out.println("|---|---|---|---|");
        print("a Long to one of 1,000 fields, accepted", "accepted");
        print("100 bytes to a field of their own, installed on all", "distinct");
    }

    private void print(String what, String name) {
        System.out.printf(
                "| %s | %.0f | %.0f | %s |%n",
                what, figures.median(name), figures.median("map " + name), figures.ratio(name, "map " + name));
    }
}
