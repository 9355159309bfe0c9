package org.goaway.cli.doctor;

/**
 * What the doctor has found about one thing.
 *
 * @param what the thing
 * @param says how it is
 * @param fix what to do; empty where nothing is
 */
public record Finding(Verdict verdict, String what, String says, String fix) {

    /** Whether a cluster can work with it. */
    public enum Verdict {
        OK,
        /** Well enough for some clusters. */
        NOTE,
        BAD
    }

    static Finding ok(String what, String says) {
        return new Finding(Verdict.OK, what, says, "");
    }

    static Finding note(String what, String says, String fix) {
        return new Finding(Verdict.NOTE, what, says, fix);
    }

    static Finding bad(String what, String says, String fix) {
        return new Finding(Verdict.BAD, what, says, fix);
    }

    @Override
    public String toString() {
        return String.format("%-4s  %-18s %s%s", verdict, what, says, fix.isEmpty() ? "" : "; " + fix);
    }
}
