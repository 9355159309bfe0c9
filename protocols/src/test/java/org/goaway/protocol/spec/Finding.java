package org.goaway.protocol.spec;

/**
 * What TLC found in one configuration.
 *
 * @param verdict {@code holds}, {@code violates X} with the invariant's name, or {@code nothing found} after random behaviours
 * @param states distinct states; where something is violated, those seen until then
 */
record Finding(String verdict, long states) {

    static final String HOLDS = "holds";
    static final String NOTHING = "nothing-found";

    static String violates(String invariant) {
        return "violates-" + invariant;
    }

    boolean isViolation() {
        return verdict.startsWith("violates-");
    }

    /** Whether this is what was recorded: states count only where all of them were seen. */
    boolean agreesWith(Finding recorded) {
        return verdict.equals(recorded.verdict) && (!verdict.equals(HOLDS) || states == recorded.states);
    }
}
