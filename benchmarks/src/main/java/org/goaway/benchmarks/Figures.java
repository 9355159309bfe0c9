package org.goaway.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What several rounds of several measurements gave. Ratios are taken round by round: both parts met the same machine. */
final class Figures {

    private final Map<String, List<Double>> rounds = new LinkedHashMap<>();

    /** Adds the figure of one more round. */
    void add(String name, double figure) {
        rounds.computeIfAbsent(name, any -> new ArrayList<>()).add(figure);
    }

    /** What was measured, in the order of the first round. */
    Set<String> names() {
        return rounds.keySet();
    }

    /** The median over the rounds. */
    double median(String name) {
        return median(rounds.get(name));
    }

    /** The highest of all rounds. */
    double highest(String name) {
        return Collections.max(rounds.get(name));
    }

    /** The median over the rounds of one divided by the other, with the lowest and the highest. */
    String ratio(String name, String peer) {
        List<Double> ratios = new ArrayList<>();
        List<Double> peers = rounds.get(peer);
        for (int i = 0; i < peers.size(); i++) {
            ratios.add(rounds.get(name).get(i) / peers.get(i));
        }
        ratios.sort(null);
        return String.format("%.2f (%.2f to %.2f)", median(ratios), ratios.get(0), ratios.get(ratios.size() - 1));
    }

    private static double median(List<Double> figures) {
        List<Double> sorted = new ArrayList<>(figures);
        sorted.sort(null);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
