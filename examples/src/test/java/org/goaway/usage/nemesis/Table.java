package org.goaway.usage.nemesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.goaway.usage.nemesis.Recorded.Service;

/** The outcomes of rounds, a line each. */
final class Table {

    private static final String LINE = "%-16s %-26s %8s %8s %8s | %11s %10s %11s %8s %8s%n";

    private final List<String> lines = new ArrayList<>();
    private long checked;

    synchronized void add(Outcome outcome) {
        checked += outcome.calls().size();
        for (Aftermath aftermath : outcome.aftermaths()) {
            Map<Service, Long> worst = aftermath.worstMillis();
            lines.add(String.format(
                    LINE,
                    outcome.round().name(),
                    aftermath.fault(),
                    aftermath.count(Journal.DONE),
                    aftermath.count(Journal.NOT_DONE),
                    aftermath.count(Journal.UNKNOWN),
                    told(worst, Service.QUIET_READS),
                    told(worst, Service.FAST_READS),
                    told(worst, Service.FAST),
                    told(worst, Service.STRICT),
                    told(worst, Service.LOCKS)));
        }
    }

    private static String told(Map<Service, Long> worst, Service service) {
        return worst.containsKey(service) ? worst.get(service) + " ms" : "-";
    }

    @Override
    public synchronized String toString() {
        return String.format(
                        "Quiet reads are of an object that nobody writes; fast reads also wait for a write under way.%n")
                + String.format("Longest time without a completed operation after each fault, at members not hit:%n")
                + String.format(
                        LINE,
                        "round",
                        "fault",
                        "done",
                        "not done",
                        "unknown",
                        "quiet reads",
                        "fast reads",
                        "fast writes",
                        "strict",
                        "locks")
                + String.join("", lines)
                + "%d operations checked, %d faults%n".formatted(checked, lines.size());
    }
}
