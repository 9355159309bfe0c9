package org.goaway.benchmarks;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An example with {@code --compare}: with GoAway, and then the same work on plain threads. */
final class Compared {

    /** The figures' names. */
    static final String WITH = "with";

    static final String WITHOUT = "without";

    private static final Pattern TIME = Pattern.compile("time (\\d+[.,]\\d+) s");
    private static final Pattern PLAIN = Pattern.compile("time without GoAway on \\d+ threads: (\\d+[.,]\\d+) s");

    private Compared() {}

    /** Runs it some rounds, each in a fresh JVM with fresh servers, and gathers the seconds that it prints. */
    static Figures run(Class<?> example, List<String> options, int rounds) throws Exception {
        Figures figures = new Figures();
        for (int round = 1; round <= rounds; round++) {
            try (ChildJava child = new ChildJava(example.getName(), options.toArray(String[]::new))) {
                List<String> lines = child.lines();
                figures.add(WITH, seconds(TIME, lines));
                figures.add(WITHOUT, seconds(PLAIN, lines));
            }
        }
        return figures;
    }

    private static double seconds(Pattern pattern, List<String> lines) {
        for (String line : lines) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.matches()) {
                return Double.parseDouble(matcher.group(1).replace(',', '.'));
            }
        }
        throw new IllegalStateException("the example did not print its time: " + lines);
    }
}
