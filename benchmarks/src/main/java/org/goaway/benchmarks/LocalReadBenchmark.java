package org.goaway.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.Held;
import org.goaway.LinFastRead;
import org.goaway.UpdateOnRelease;
import org.goaway.Weak;
import org.goaway.internal.wire.Codec;
import org.goaway.protocol.Value;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The local read of a Long from the objects that have it in memory, in a cluster of three members in this JVM, from one
 * thread and from two, beside a look-up in a ConcurrentHashMap, a read of the clock, both as one, and what the read is made of.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class LocalReadBenchmark {

    private static final String FIELD = "field";
    private static final Long LONG = 123_456_789_012L;
    private static final List<Integer> THREADS = List.of(1, 2);

    private static final LinFastRead FAST_OF_CURRENT = GoAway.linFastRead("measured");
    private static final Weak WEAK_OF_CURRENT = GoAway.weak("measured");
    private static final UpdateOnRelease RELEASE_OF_CURRENT = GoAway.updateOnRelease("measured");

    private final Map<String, Long> map = new ConcurrentHashMap<>();
    private final Map<String, Value> values = new ConcurrentHashMap<>();
    private Value.Decoder decoder;
    private Cluster cluster;
    private LinFastRead fast;
    private Weak weak;
    private UpdateOnRelease release;

    /** Starts the cluster and sets the field on it; waits until the field can be read locally. */
    @Setup
    public void start() {
        cluster = GoAway.inProcess(2);
        fast = cluster.linFastRead("measured");
        fast.set(FIELD, LONG);
        weak = cluster.weak("measured");
        weak.set(FIELD, LONG);
        release = cluster.updateOnRelease("measured");
        try (Held section = release.acquire()) {
            release.set(FIELD, LONG);
        }
        map.put(FIELD, LONG);
        Codec codec = new Codec(LocalReadBenchmark.class.getClassLoader(), value -> value);
        decoder = codec::decode;
        values.put(FIELD, Value.of(codec.encode(LONG)));
        if (!List.of(LONG, LONG, LONG, LONG).equals(List.of(fastGet(), weakGet(), releaseGet(), valueInMap()))) {
            throw new IllegalStateException("the field does not hold what was set");
        }
    }

    /** Ends the cluster. */
    @TearDown
    public void stop() {
        cluster.close();
    }

    /** LinFastRead, which checks the lease, through a handle of the cluster. */
    @Benchmark
    public Object fastGet() {
        return fast.get(FIELD);
    }

    /** The same with a check of the type. */
    @Benchmark
    public Long fastGetOfType() {
        return fast.get(FIELD, Long.class);
    }

    /** The same with a value for an absent field. */
    @Benchmark
    public Long fastGetOrElse() {
        return fast.get(FIELD, LONG);
    }

    /** The same through a handle that finds the current cluster with each call. */
    @Benchmark
    public Object fastGetOfCurrent() {
        return FAST_OF_CURRENT.get(FIELD);
    }

    /** Weak through a handle of the cluster. */
    @Benchmark
    public Object weakGet() {
        return weak.get(FIELD);
    }

    /** The same through a handle that finds the current cluster with each call. */
    @Benchmark
    public Object weakGetOfCurrent() {
        return WEAK_OF_CURRENT.get(FIELD);
    }

    /** UpdateOnRelease outside a section, through a handle of the cluster. */
    @Benchmark
    public Object releaseGet() {
        return release.get(FIELD);
    }

    /** The same through a handle that finds the current cluster with each call. */
    @Benchmark
    public Object releaseGetOfCurrent() {
        return RELEASE_OF_CURRENT.get(FIELD);
    }

    /** The peer. */
    @Benchmark
    public Long mapGet() {
        return map.get(FIELD);
    }

    /** What no local read that checks a lease can leave out: the look-up and the clock, as one operation. */
    @Benchmark
    public long mapGetAndNanoTime() {
        return map.get(FIELD) - System.nanoTime();
    }

    /** A part of the read: the look-up of a replicated value and of the object that it remembers. */
    @Benchmark
    public Object valueInMap() {
        return values.get(FIELD).decoded(decoder);
    }

    /** The clock, which a read that checks a lease has to look at. */
    @Benchmark
    public long nanoTime() {
        return System.nanoTime();
    }

    /** Takes the number of rounds (3); each runs all of the above from one thread and from two, in a JVM of its own each. */
    public static void main(String[] args) throws RunnerException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        Map<Integer, Figures> times = new TreeMap<>();
        Map<Integer, Figures> bytes = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            for (int threads : THREADS) {
                for (RunResult result : run(threads)) {
                    String name = result.getPrimaryResult().getLabel();
                    times.computeIfAbsent(threads, any -> new Figures())
                            .add(name, result.getPrimaryResult().getScore());
                    bytes.computeIfAbsent(threads, any -> new Figures()).add(name, allocated(result));
                }
            }
        }
        System.out.printf(
                "| median of %d | threads | ns | ratio to mapGet | ratio to nanoTime | ratio to both as one | bytes |%n",
                rounds);
        System.out.println("|---|---|---|---|---|---|---|");
        THREADS.forEach(threads -> print(threads, times.get(threads), bytes.get(threads)));
    }

    private static Collection<RunResult> run(int threads) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(LocalReadBenchmark.class.getName() + "\\.")
                        .threads(threads)
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
    }

    private static void print(int threads, Figures times, Figures bytes) {
        for (String name : times.names()) {
            System.out.printf(
                    "| %s | %d | %.2f | %s | %s | %s | %.1f |%n",
                    name,
                    threads,
                    times.median(name),
                    times.ratio(name, "mapGet"),
                    times.ratio(name, "nanoTime"),
                    times.ratio(name, "mapGetAndNanoTime"),
                    bytes.median(name));
        }
    }

    private static double allocated(RunResult result) {
        for (Result<?> part : result.getSecondaryResults().values()) {
            if (part.getLabel().endsWith("gc.alloc.rate.norm")) {
                return part.getScore();
            }
        }
        throw new IllegalStateException("the profiler tells no allocation");
    }
}
