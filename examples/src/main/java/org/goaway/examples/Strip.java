package org.goaway.examples;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * One worker's rows of a {@link Plate}, and as many rows of its neighbours as it needs for some rounds: it does those
 * rows, too, one less in each round, so that neighbours need not meet after every round (the ghost zones of Ding and He, "A
 * ghost cell expansion method for reducing communications in solving PDE problems", 2001). Most of a strip needs nothing of its
 * neighbours for some rounds, and is done while their rows are on their way. One user: its worker.
 */
final class Strip {

    /** So many rounds' rows fit into a processor's second cache, by far. */
    private static final int WAVE = 8;

    private final Plate plate;
    private final int depth;
    private final int first;
    private final int end;
    private final int stored;
    private double[] now;
    private double[] next;

    /**
     * @param index from 0, the topmost
     * @param of how many strips there are
     * @param depth for how many rounds at once; at most the rows of a strip
     */
    Strip(Plate plate, int index, int of, int depth) {
        int inner = plate.size() - 2;
        this.plate = plate;
        this.depth = depth;
        this.first = 1 + inner * index / of;
        this.end = 1 + inner * (index + 1) / of;
        this.stored = Math.max(0, first - depth);
        this.now = plate.rows(stored, Math.min(plate.size(), end + depth));
        this.next = now.clone();
    }

    /**
     * Does, of some rounds, what needs nothing of the neighbours: in each round one row less at each edge. What the rows at
     * the edges need of it afterwards is still there, since a row that is left out keeps what it was in the two rounds before.
     */
    void relaxInside(int rounds) {
        if (isWide(rounds)) {
            relax(rounds, this::insideFrom, this::insideTo);
        }
    }

    private int insideFrom(int round) {
        return isTop() ? first : first + round;
    }

    private int insideTo(int round) {
        return isBottom() ? end : end - round;
    }

    /** Does the rest of these rounds, at most its depth, once the neighbours' rows are there. They are not right afterwards. */
    void relaxEdges(int rounds) {
        IntUnaryOperator from = round -> isTop() ? first : first - (rounds - round);
        IntUnaryOperator to = round -> isBottom() ? end : end + (rounds - round);
        if (isWide(rounds)) {
            relax(rounds, from, this::insideFrom);
            relax(rounds, this::insideTo, to);
        } else {
            relax(rounds, from, to);
        }
        if (rounds % 2 == 1) {
            double[] before = now;
            now = next;
            next = before;
        }
    }

    /** Whether the rows that some rounds at one edge change are none of those at the other. */
    private boolean isWide(int rounds) {
        return 2 * rounds <= end - first;
    }

    /** Does some rounds of the rows from one on to another, which depend on the round. */
    private void relax(int rounds, IntUnaryOperator from, IntUnaryOperator to) {
        for (int round = 1; round <= rounds; round += WAVE) {
            wave(round, Math.min(rounds, round + WAVE - 1), from, to);
        }
    }

    /**
     * Goes down the strip once for several rounds, each a row behind the one before it: what a round needs is still in the
     * processor's cache (Wolf, "More iteration space tiling", 1989). Those who meet after every round cannot.
     */
    private void wave(int start, int last, IntUnaryOperator from, IntUnaryOperator to) {
        int top = Integer.MAX_VALUE;
        int bottom = 0;
        for (int round = start; round <= last; round++) {
            top = Math.min(top, from.applyAsInt(round) + round - start);
            bottom = Math.max(bottom, to.applyAsInt(round) + round - start);
        }
        for (int front = top; front < bottom; front++) {
            for (int round = start; round <= last; round++) {
                int row = front - (round - start);
                if (from.applyAsInt(round) <= row && row < to.applyAsInt(round)) {
                    boolean odd = round % 2 == 1;
                    plate.relax(odd ? now : next, odd ? next : now, row - stored, row - stored + 1);
                }
            }
        }
    }

    private boolean isTop() {
        return first == 1;
    }

    private boolean isBottom() {
        return end == plate.size() - 1;
    }

    /** How many cells a neighbour needs. */
    int edgeCells() {
        return depth * plate.size();
    }

    /** Copies out what the strip above needs. */
    void top(double[] edge) {
        System.arraycopy(now, at(first), edge, 0, edge.length);
    }

    /** Copies out what the strip below needs. */
    void bottom(double[] edge) {
        System.arraycopy(now, at(end - depth), edge, 0, edge.length);
    }

    /** Takes the bottom of the strip above. */
    void above(double[] edge) {
        System.arraycopy(edge, 0, now, at(first - depth), edge.length);
    }

    /** Takes the top of the strip below. */
    void below(double[] edge) {
        System.arraycopy(edge, 0, now, at(end), edge.length);
    }

    /** Its own rows. */
    double[] rows() {
        return Arrays.copyOfRange(now, at(first), at(end));
    }

    private int at(int row) {
        return (row - stored) * plate.size();
    }
}
