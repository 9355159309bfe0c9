package org.goaway.examples;

/** Rows of a {@link Plate} after all rounds. Travels; who has it owns it. */
final class Relaxed {

    private final double[] cells;
    private final long nanos;

    /** @param nanos how long the rounds took */
    Relaxed(double[] cells, long nanos) {
        this.cells = cells;
        this.nanos = nanos;
    }

    /** The cells, not a copy. */
    double[] cells() {
        return cells;
    }

    double seconds() {
        return nanos / 1e9;
    }
}
