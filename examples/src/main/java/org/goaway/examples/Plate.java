package org.goaway.examples;

/**
 * A square plate, in rows of cells. Its edge keeps its temperature, hot at the top and cold elsewhere; around its middle
 * there is a hot disc at first.
 *
 * @param size the cells of a row, and the rows
 */
record Plate(int size) {

    /** The highest temperature; the lowest is 0. */
    static final double HOT = 100;

    /** Some of its rows at the beginning, one after the other. */
    double[] rows(int from, int to) {
        double[] cells = new double[Math.multiplyExact(to - from, size)];
        for (int row = from; row < to; row++) {
            for (int column = 0; column < size; column++) {
                cells[(row - from) * size + column] = atFirst(row, column);
            }
        }
        return cells;
    }

    private double atFirst(int row, int column) {
        if (row == 0) {
            return HOT;
        }
        double down = row - size / 2.0;
        double right = column - size / 2.0;
        return down * down + right * right < size / 4.0 * (size / 4.0) ? HOT : 0;
    }

    /**
     * One round (Jacobi, 1845): each cell of some rows takes the mean of its four neighbours.
     *
     * @param now the cells as they are, from some row on
     * @param next takes the cells as they become
     * @param from the first row to do, counted as in the arrays
     */
    void relax(double[] now, double[] next, int from, int to) {
        for (int row = from; row < to; row++) {
            relax(now, next, row * size);
        }
    }

    private void relax(double[] now, double[] next, int start) {
        int above = start - size;
        int below = start + size;
        for (int i = 1; i < size - 1; i++) {
            next[start + i] = 0.25 * (now[start + i - 1] + now[start + i + 1] + now[above + i] + now[below + i]);
        }
    }
}
