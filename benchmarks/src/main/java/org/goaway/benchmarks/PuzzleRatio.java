package org.goaway.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.goaway.examples.HashPuzzle;

/**
 * The example hash-puzzle with {@code --all} and as many servers as cores, of which the spawner is none, beside the same
 * work on as many plain threads. Each round is a fresh JVM with fresh servers, that does the one and then the other; GoAway's
 * time is from its first call, so the shipping of the code is in it.
 */
public final class PuzzleRatio {

    private static final Pattern WITH = Pattern.compile("time (\\d+[.,]\\d+) s");
    private static final Pattern WITHOUT = Pattern.compile("time without GoAway on \\d+ threads: (\\d+[.,]\\d+) s");

    private PuzzleRatio() {}

    /** Takes the number of rounds (5) and then more of the example's options. */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        List<String> options = new ArrayList<>(List.of("--all", "--compare"));
        options.addAll(List.of(args).subList(Math.min(1, args.length), args.length));
        Figures figures = new Figures();
        for (int round = 1; round <= rounds; round++) {
            try (ChildJava child = new ChildJava(HashPuzzle.class.getName(), options.toArray(String[]::new))) {
                List<String> lines = child.lines();
                figures.add("with", seconds(WITH, lines));
                figures.add("without", seconds(WITHOUT, lines));
            }
        }
        System.out.printf(
                "hash-puzzle %s, median of %d: %.3f s with GoAway, %.3f s without; ratio %s%n",
                String.join(" ", options),
                rounds,
                figures.median("with"),
                figures.median("without"),
                figures.ratio("with", "without"));
    }

    private static double seconds(Pattern pattern, List<String> lines) {
        for (String line : lines) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.matches()) {
                return Double.parseDouble(matcher.group(1).replace(',', '.'));
            }
        }
        throw new IllegalStateException("hash-puzzle did not print its time: " + lines);
    }
}
