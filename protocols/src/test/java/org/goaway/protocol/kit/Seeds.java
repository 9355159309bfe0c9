package org.goaway.protocol.kit;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a scenario once for each seed. {@code -Dgoaway.seeds=N} changes how many, {@code -Dgoaway.seed=S} runs one alone;
 * {@code -Plong} runs a hundred times as many, which is 200,000 or more for each protocol.
 * A seed that fails ends the test with the command that replays it and with what the run wanted to be shown.
 */
public final class Seeds {

    /** A test of one seed. */
    @FunctionalInterface
    public interface Scenario {
        void run(Run run);
    }

    /** One seed's run: its seed, and what is to be shown if it fails. */
    public static final class Run {

        private final long seed;
        private final List<Object> shown = new ArrayList<>();

        private Run(long seed) {
            this.seed = seed;
        }

        public long seed() {
            return seed;
        }

        /** Shows {@code thing} (a history, the cluster), as it is when the run fails, below the failure. */
        public <T> T show(T thing) {
            shown.add(thing);
            return thing;
        }
    }

    private Seeds() {}

    /** Runs seeds 1 to {@code usual}, or what the properties say. Called by the test method itself. */
    public static void run(int usual, Scenario scenario) {
        String caller = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.skip(1).findFirst().map(Seeds::test).orElseThrow());
        Long single = Long.getLong("goaway.seed");
        if (single != null) {
            run(single, scenario, caller);
            return;
        }
        long most = Long.getLong("goaway.seeds", (long) usual * Integer.getInteger("goaway.seeds.factor", 1));
        for (long seed = 1; seed <= most; seed++) {
            run(seed, scenario, caller);
        }
    }

    /** The first seed from 1 to {@code most} whose run fails; 0 if none does. For faults that must be found. */
    public static long firstToFail(int most, Scenario scenario) {
        for (long seed = 1; seed <= most; seed++) {
            try {
                scenario.run(new Run(seed));
            } catch (AssertionError found) {
                return seed;
            }
        }
        return 0;
    }

    private static void run(long seed, Scenario scenario, String caller) {
        Run run = new Run(seed);
        try {
            scenario.run(run);
        } catch (RuntimeException | AssertionError failure) {
            StringBuilder text =
                    new StringBuilder("seed " + seed + " failed; replay it with\n./mvnw test -pl protocols -Dtest="
                            + caller + " -Dgoaway.seed=" + seed + "\n" + failure);
            run.shown.forEach(thing -> text.append("\n\n").append(thing));
            throw new AssertionError(text.toString(), failure);
        }
    }

    private static String test(StackFrame frame) {
        return frame.getDeclaringClass().getSimpleName() + "#" + frame.getMethodName();
    }
}
