package org.goaway.benchmarks;

import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.ClusterLock;
import org.goaway.GoAway;
import org.goaway.LinFastRead;
import org.goaway.RemoteTask;

/**
 * Writes of LinFastRead objects, and locks, beside a blocking socket's round trip between two of the same three processes,
 * in turn: from the object's home, where a write is one round trip and a lock none, and from another member, where they are
 * two and one. Then how many writes per second one thread and 32 threads make on one object: rounds are shared.
 */
public final class SharedRoundTrips {

    private static final int WRITERS = 32;
    private static final int MILLIS = 300;
    private static final int PROBES = 200;
    private static final String FIELD = "field";

    private final Figures figures = new Figures();
    private final PingPong socket;
    private final LinFastRead homeObject;
    private final LinFastRead farObject;
    private final ClusterLock homeLock;
    private final ClusterLock farLock;

    private SharedRoundTrips(Cluster cluster, PingPong socket) {
        this.socket = socket;
        // A compareAndSet that fails changes nothing: the home answers it alone.
        List<LinFastRead> objects = byDistance(cluster::linFastRead, object -> object.compareAndSet(FIELD, -1L, 0L));
        homeObject = objects.get(0);
        farObject = objects.get(objects.size() - 1);
        List<ClusterLock> locks = byDistance(cluster::lock, lock -> lock.hold().close());
        homeLock = locks.get(0);
        farLock = locks.get(locks.size() - 1);
    }

    private record Asked<T>(T object, double micros) {}

    /** Objects of many names; the first has its home here, the last elsewhere: three members share them evenly. */
    private static <T> List<T> byDistance(Function<String, T> handle, Consumer<T> probe) {
        List<Asked<T>> asked = new ArrayList<>();
        for (String name : IntStream.range(0, 16).mapToObj(i -> "measured" + i).toList()) {
            T object = handle.apply(name);
            for (int warm = 0; warm < PROBES; warm++) {
                probe.accept(object);
            }
            long[] nanos = new long[PROBES];
            for (int i = 0; i < PROBES; i++) {
                long began = System.nanoTime();
                probe.accept(object);
                nanos[i] = System.nanoTime() - began;
            }
            asked.add(new Asked<>(object, Load.quantiles(nanos)[0]));
        }
        asked.sort(Comparator.comparingDouble(Asked::micros));
        System.out.printf(
                "asking the home alone: %.1f us here, %.1f us elsewhere%n",
                asked.get(0).micros(), asked.get(asked.size() - 1).micros());
        return asked.stream().map(Asked::object).toList();
    }

    /** Takes the number of rounds (9). */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
        ClusterConfig config = ClusterConfig.builder().localServers(2).build();
        try (Cluster cluster = GoAway.init(config);
                ServerSocket server = PingPong.listen()) {
            RemoteTask<Void> echo = cluster.run(PingPong::echo, server.getLocalPort());
            try (PingPong socket = PingPong.accept(server)) {
                SharedRoundTrips benchmark = new SharedRoundTrips(cluster, socket);
                new SharedRoundTrips(cluster, socket).round();
                for (int round = 0; round < rounds; round++) {
                    benchmark.round();
                }
                benchmark.print();
            }
            echo.join();
        }
    }

    private void round() throws Exception {
        latency("socket, there and back", thread -> socket.ping());
        latency("LinFastRead set, home here", thread -> homeObject.set(FIELD, System.nanoTime()));
        latency("LinFastRead set, home elsewhere", thread -> farObject.set(FIELD, System.nanoTime()));
        latency("lock and unlock, home here", thread -> homeLock.hold().close());
        latency("lock and unlock, home elsewhere", thread -> farLock.hold().close());
        for (int writers : new int[] {1, WRITERS}) {
            rate("home here", homeObject, writers);
            rate("home elsewhere", farObject, writers);
        }
    }

    private void latency(String name, Load.Operation operation) throws Exception {
        figures.add(name, Load.latency(operation, MILLIS)[0]);
    }

    private void rate(String where, LinFastRead object, int writers) throws Exception {
        figures.add(
                where + ", " + writers,
                Load.rate(thread -> object.set(FIELD + thread, System.nanoTime()), writers, MILLIS));
    }

    private void print() {
        System.out.println("| | median us | ratio to the socket |");
        System.out.println("|---|---|---|");
        figures.names().stream()
                .filter(name -> !name.startsWith("home"))
                .forEach(name -> System.out.printf(
                        "| %s | %.1f | %s |%n",
                        name, figures.median(name), figures.ratio(name, "socket, there and back")));
        System.out.printf("%n| writes per second of one object | 1 thread | %d threads | ratio |%n", WRITERS);
        System.out.println("|---|---|---|---|");
        for (String where : new String[] {"home here", "home elsewhere"}) {
            System.out.printf(
                    "| %s | %.0f | %.0f | %s |%n",
                    where,
                    figures.median(where + ", 1"),
                    figures.median(where + ", " + WRITERS),
                    figures.ratio(where + ", " + WRITERS, where + ", 1"));
        }
    }
}
