package org.goaway.benchmarks;

/**
 * The first call of a program on a server process that has run nothing before: from the call until its result is there, with the
 * shipping of the program's ten classes, each time in a fresh JVM with a fresh server that is ready. Beside it the second call,
 * and, as what no shipping can beat, the same work in a fresh JVM that has the ten classes on its class path.
 */
public final class FirstCall {

    private static final String HERE = "the ten classes from the class path";
    private static final String FIRST = "first call";
    private static final String SECOND = "second call";
    private static final String LATER = "a call after 100 more";

    private FirstCall() {}

    /** Takes the number of rounds (11). */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 11;
        Figures figures = new Figures();
        for (int round = 0; round < rounds; round++) {
            add(figures, new String[] {HERE}, "here");
            add(figures, new String[] {FIRST, SECOND, LATER});
        }
        System.out.printf(
                "| median of %d | ms | slowest ms | ratio to the class path | ratio to the second |%n", rounds);
        System.out.println("|---|---|---|---|---|");
        for (String name : figures.names()) {
            System.out.printf(
                    "| %s | %.1f | %.1f | %s | %s |%n",
                    name,
                    figures.median(name),
                    figures.highest(name),
                    figures.ratio(name, HERE),
                    figures.ratio(name, SECOND));
        }
    }

    private static void add(Figures figures, String[] names, String... arguments) throws Exception {
        try (ChildJava child = new ChildJava(FirstProgram.class.getName(), arguments)) {
            String[] millis = child.answer().split(" ", -1);
            for (int i = 0; i < names.length; i++) {
                figures.add(names[i], Double.parseDouble(millis[i]));
            }
            child.lines();
        }
    }
}
