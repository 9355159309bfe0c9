package org.goaway.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.goaway.examples.HashPuzzle;

/**
 * The example hash-puzzle with {@code --all} and as many servers as cores, of which the spawner is none, beside the same
 * work on as many plain threads. Each round is a fresh JVM with fresh servers, that does the one and then the other; GoAway's
 * time is from its first call, so the shipping of the code is in it.
 */
public final class PuzzleRatio {

    private PuzzleRatio() {}

    /** Takes the number of rounds (5) and then more of the example's options. */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        List<String> options = new ArrayList<>(List.of("--all", "--compare"));
        options.addAll(List.of(args).subList(Math.min(1, args.length), args.length));
        Figures figures = Compared.run(HashPuzzle.class, options, rounds);
        System.out.printf(
                "hash-puzzle %s, median of %d: %.3f s with GoAway, %.3f s without; ratio %s%n",
                String.join(" ", options),
                rounds,
                figures.median(Compared.WITH),
                figures.median(Compared.WITHOUT),
                figures.ratio(Compared.WITH, Compared.WITHOUT));
    }
}
