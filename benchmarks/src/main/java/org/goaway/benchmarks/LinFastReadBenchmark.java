package org.goaway.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.LinFastRead;
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
 * The local read of a Long from a LinFastRead object of a cluster of three members in this JVM, from one thread and from
 * two, beside a look-up in a ConcurrentHashMap, a read of the clock, both as one, and what the read is made of.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class LinFastReadBenchmark {

    private static final String FIELD = "field";
    private static final Long LONG = 123_456_789_012L;
    private static final List<Integer> THREADS = List.of(1, 2);

    private static final LinFastRead OF_CURRENT = GoAway.linFastRead("measured");

    private final Map<String, Long> map = new ConcurrentHashMap<>();
    private final Map<String, Value> values = new ConcurrentHashMap<>();
    private Value.Decoder decoder;
    private Cluster cluster;
    private LinFastRead handle;

    /** Starts the cluster and sets the field on it; waits until the field can be read locally. */
    @Setup
    public void start() {
        cluster = GoAway.inProcess(2);
        handle = cluster.linFastRead("measured");
        handle.set(FIELD, LONG);
        map.put(FIELD, LONG);
        Codec codec = new Codec(LinFastReadBenchmark.class.getClassLoader(), value -> value);
        decoder = codec::decode;
        values.put(FIELD, Value.of(codec.encode(LONG)));
        if (!LONG.equals(handle.get(FIELD)) || !LONG.equals(valueInMap())) {
            throw new IllegalStateException("the field does not hold what was set");
        }
    }

    /** Ends the cluster. */
    @TearDown
    public void stop() {
        cluster.close();
    }

    /** The read through a handle of the cluster. */
    @Benchmark
    public Object get() {
        return handle.get(FIELD);
    }

    /** The same with a check of the type. */
    @Benchmark
    public Long getOfType() {
        return handle.get(FIELD, Long.class);
    }

    /** The same with a value for an absent field. */
    @Benchmark
    public Long getOrElse() {
        return handle.get(FIELD, LONG);
    }

    /** The same through a handle that finds the current cluster with each call. */
    @Benchmark
    public Object getOfCurrent() {
        return OF_CURRENT.get(FIELD);
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
                        .include(LinFastReadBenchmark.class.getName() + "\\.")
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
