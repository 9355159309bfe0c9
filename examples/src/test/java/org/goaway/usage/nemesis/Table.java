package org.goaway.usage.nemesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.goaway.usage.nemesis.Recorded.Service;

/** The outcomes of rounds, a line each. */
final class Table {

    private static final String LINE = "%-24s %-26s %6s %6s %8s %8s | %11s %10s %11s %8s %8s%n";

    private final List<String> lines = new ArrayList<>();
    private long checked;
    private long faults;

    synchronized void add(Outcome outcome) {
        Map<Service, Long> worst = outcome.worstMillis();
        checked += outcome.calls().size();
        faults += outcome.struck().size();
        lines.add(String.format(
                LINE,
                outcome.round().name(),
                outcome.round().fault(),
                outcome.struck().size(),
                outcome.count(Journal.DONE),
                outcome.count(Journal.NOT_DONE),
                outcome.count(Journal.UNKNOWN),
                told(worst, Service.QUIET_READS),
                told(worst, Service.FAST_READS),
                told(worst, Service.FAST),
                told(worst, Service.STRICT),
                told(worst, Service.LOCKS)));
    }

    private static String told(Map<Service, Long> worst, Service service) {
        return worst.containsKey(service) ? worst.get(service) + " ms" : "-";
    }

    @Override
    public synchronized String toString() {
        return String.format(
                        "Quiet reads are of an object that nobody writes; fast reads also wait for a write under way.%n")
                + String.format("Longest time without a completed operation, at members not hit:%n")
                + String.format(
                        LINE,
                        "round",
                        "fault",
                        "faults",
                        "done",
                        "not done",
                        "unknown",
                        "quiet reads",
                        "fast reads",
                        "fast writes",
                        "strict",
                        "locks")
                + String.join("", lines)
                + "%d operations checked, %d faults%n".formatted(checked, faults);
    }
}
