package org.goaway.examples;

import java.util.Arrays;

/**
 * One worker's rows of a {@link Plate}, and as many rows of its neighbours as it needs for some rounds: it does those
 * rows, too, one less in each round, so that neighbours need not meet after every round (the ghost zones of Ding and He, "A
 * ghost cell expansion method for reducing communications in solving PDE problems", 2001). One user: its worker.
 */
final class Strip {

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

    /** Does some rounds, at most its depth. Its neighbours' rows are not right afterwards. */
    void relax(int rounds) {
        for (int left = rounds - 1; left >= 0; left--) {
            int from = Math.max(1, first - left);
            int to = Math.min(plate.size() - 1, end + left);
            plate.relax(now, next, from - stored, to - stored);
            double[] before = now;
            now = next;
            next = before;
        }
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
