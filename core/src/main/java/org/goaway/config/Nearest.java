package org.goaway.config;

import java.util.Collection;
import java.util.Comparator;

/**
 * The known name that looks most like one that is not known.
 *
 * @param distance how many letters must be added, dropped, changed or swapped with their neighbour
 */
record Nearest(String name, int distance) {

    static Nearest of(String unknown, Collection<String> known) {
        return known.stream()
                .map(name -> new Nearest(name, distance(unknown, name)))
                .min(Comparator.<Nearest>comparingInt(near -> near.distance).thenComparing(Nearest::name))
                .orElseThrow();
    }

    /** Whether it is close enough for the other to be a slip of the pen. */
    boolean isClose() {
        return distance <= 2 && distance * 3 <= name.length();
    }

    /** The optimal string alignment distance, by rows. */
    private static int distance(String a, String b) {
        int[][] rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                rows[i][j] = cell(rows, i, j, a, b);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int cell(int[][] rows, int i, int j, String a, String b) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(rows[i - 1][j - 1] + change, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
    }
}
