package org.goaway.examples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.goaway.Cluster;
import org.goaway.ClusterLock;
import org.goaway.GoAway;
import org.goaway.LinFastRead;
import org.goaway.StrictCentralized;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A proof-of-work puzzle, searched by all servers at once: the chunks of the range are tasks, the solutions go into a
 * StrictCentralized object, and what each worker did is counted under a lock in a LinFastRead object, whose local reads
 * also tell the others that a solution was found.
 */
@Command(
        name = "hash-puzzle",
        description = "Searches nonces whose SHA-512 with a prefix starts with zeros, on all servers.",
        sortOptions = false)
public final class HashPuzzle implements Runnable {

    private static final StrictCentralized results = GoAway.strictCentralized("solutions");
    private static final LinFastRead statistics = GoAway.linFastRead("statistics");
    private static final ClusterLock lock = GoAway.lock("statistics");

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--difficulty", paramLabel = "D", description = "leading zero digits (default: ${DEFAULT-VALUE})")
    private int difficulty = 6;

    @Option(names = "--range", paramLabel = "A..B", description = "nonces A to B-1 (default: ${DEFAULT-VALUE})")
    private String range = "0..30000000";

    @Option(names = "--workers", paramLabel = "W", description = "chunks of the range (default: ${DEFAULT-VALUE})")
    private int workers = 20;

    @Option(names = "--all", description = "do not stop at the first solution")
    private boolean all;

    @Option(names = "--compare", description = "afterwards, the same work on this machine's cores without GoAway")
    private boolean compare;

    @Override
    public void run() {
        List<NonceSearch> chunks = search().split(workers);
        try (Cluster started = cluster.startServers()) {
            System.out.printf(
                    "searching %s with %d chunks on %d servers%n",
                    range, chunks.size(), started.members().size() - 1);
            statistics.set("all", all);
            long start = System.nanoTime();
            started.forEach(chunks, HashPuzzle::work).showProgress().join();
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            print(time);
        }
        if (compare) {
            System.out.println(new LocalComparison(chunks, all).run());
        }
    }

    /** One chunk, on some server. */
    static void work(NonceSearch chunk) {
        LinFastRead local = GoAway.current().linFastRead(statistics.name());
        boolean all = local.get("all", false);
        List<Long> found = chunk.run(all, () -> !all && local.get("found", false));
        if (!found.isEmpty()) {
            results.update("nonces", List.<Long>of(), known -> joined(known, found));
            local.set("found", true);
        }
        String member = GoAway.current().self().name();
        try (var held = lock.hold()) {
            local.set("chunks of " + member, local.get("chunks of " + member, 0L) + 1);
        }
    }

    private static List<Long> joined(List<Long> known, List<Long> found) {
        List<Long> both = new ArrayList<>(known);
        both.addAll(found);
        both.sort(null);
        return List.copyOf(both);
    }

    private void print(Duration time) {
        List<Long> nonces = results.get("nonces", List.<Long>of());
        if (nonces.isEmpty()) {
            System.out.println("no solution in " + range);
        }
        for (long nonce : nonces) {
            System.out.println("solution " + NonceSearch.PREFIX + nonce);
            System.out.println("  SHA-512 " + NonceSearch.hash(nonce));
        }
        var counts = new TreeMap<String, Object>();
        statistics.fields().stream()
                .filter(field -> field.startsWith("chunks of "))
                .forEach(field -> counts.put(field, statistics.get(field)));
        counts.forEach((field, count) -> System.out.println(field + ": " + count));
        System.out.printf("time %.3f s%n", time.toMillis() / 1e3);
    }

    private NonceSearch search() {
        String[] ends = range.split("\\.\\.", -1);
        try {
            long from = Long.parseLong(ends[0]);
            long to = Long.parseLong(ends[1]);
            if (ends.length == 2 && 0 <= from && from < to && 0 < workers && 0 <= difficulty && difficulty <= 128) {
                return new NonceSearch(from, to, difficulty);
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            // Told below, like every other range that is none.
        }
        throw new ParameterException(
                spec.commandLine(),
                "--range " + range + " --workers " + workers + " --difficulty " + difficulty
                        + ": a range is A..B with 0 <= A < B, workers are at least 1, difficulty is 0 to 128");
    }

    public static void main(String[] args) {
        ClusterOptions.run(new HashPuzzle(), args);
    }
}
