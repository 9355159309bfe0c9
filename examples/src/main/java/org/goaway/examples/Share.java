package org.goaway.examples;

import java.util.List;
import java.util.Random;

/**
 * One worker's share of the points of {@link KMeans}: it is made from the seed where it is needed, so no point travels.
 *
 * @param worker from 0
 * @param count how many points
 */
record Share(int worker, int count, int clusters, long seed) {

    private static final int DIMENSIONS = 2;

    private static final double RADIUS = 10;

    /** The points, one after the other: clouds around places on a circle. */
    double[] points() {
        Random random = new Random(seed + worker);
        double[] points = new double[DIMENSIONS * count];
        for (int i = 0; i < count; i++) {
            double angle = 2 * StrictMath.PI * random.nextInt(clusters) / clusters;
            points[2 * i] = RADIUS * StrictMath.cos(angle) + random.nextGaussian();
            points[2 * i + 1] = RADIUS * StrictMath.sin(angle) + random.nextGaussian();
        }
        return points;
    }

    /** For each centroid, the sum of both coordinates of the points nearest to it, and how many they are. */
    static double[] sums(double[] points, double[] centroids) {
        double[] sums = new double[centroids.length / DIMENSIONS * 3];
        for (int i = 0; i < points.length; i += DIMENSIONS) {
            int nearest = nearest(points[i], points[i + 1], centroids);
            sums[3 * nearest] += points[i];
            sums[3 * nearest + 1] += points[i + 1];
            sums[3 * nearest + 2]++;
        }
        return sums;
    }

    private static int nearest(double x, double y, double[] centroids) {
        int nearest = 0;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < centroids.length; i += DIMENSIONS) {
            double dx = x - centroids[i];
            double dy = y - centroids[i + 1];
            double distance = dx * dx + dy * dy;
            if (distance < least) {
                least = distance;
                nearest = i / DIMENSIONS;
            }
        }
        return nearest;
    }

    /** The middles of the points that all shares have summed; one without points stays. In the order of the shares, so exact. */
    static double[] next(List<double[]> sums, double[] centroids) {
        double[] next = centroids.clone();
        for (int i = 0; i < centroids.length / DIMENSIONS; i++) {
            double x = 0;
            double y = 0;
            double count = 0;
            for (double[] ofShare : sums) {
                x += ofShare[3 * i];
                y += ofShare[3 * i + 1];
                count += ofShare[3 * i + 2];
            }
            if (count > 0) {
                next[2 * i] = x / count;
                next[2 * i + 1] = y / count;
            }
        }
        return next;
    }
}
