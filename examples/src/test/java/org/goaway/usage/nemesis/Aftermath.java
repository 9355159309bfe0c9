package org.goaway.usage.nemesis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.goaway.kit.Standstill;
import org.goaway.usage.nemesis.Outcome.Struck;
import org.goaway.usage.nemesis.Recorded.Service;

/**
 * What clients saw from one fault until the next.
 *
 * @param ends how many calls ended in which way
 * @param worstMillis for each service, the longest time in which a client at a member not hit got nothing done
 * @param awakeMillis the same, counted anew wherever a member stood still: what was about to happen then may begin anew, too
 */
record Aftermath(
        String fault,
        Optional<Duration> goesOnWithin,
        Map<String, Long> ends,
        Map<Service, Long> worstMillis,
        Map<Service, Long> awakeMillis) {

    /** A time in which a client got nothing done. */
    private record Gap(long from, long to) {}

    /**
     * {@code struck} are the faults done up to {@code until}; it is about the last of them. Who stood still for so long that it
     * may have been dropped counts as hit.
     */
    static Aftermath of(List<Struck> struck, long until, List<Recorded> calls, StoodStill stood) {
        Struck last = struck.get(struck.size() - 1);
        Set<String> hit = stood.between(last.before(), until).orHit(last.servers());
        Set<String> hitBefore = stood.between(Long.MIN_VALUE, last.before())
                .orHit(Struck.servers(struck.subList(0, struck.size() - 1)));
        Map<String, List<Recorded>> clients = new HashMap<>();
        for (Recorded call : calls) {
            if (call.called() < until && !hit.contains(call.member())) {
                clients.computeIfAbsent(call.client(), client -> new ArrayList<>())
                        .add(call);
            }
        }
        // Those that were lost with a member hit before are over; whoever is back there calls anew.
        clients.values()
                .removeIf(of -> hitBefore.contains(of.get(0).member())
                        && of.stream().noneMatch(call -> call.called() >= last.at()));
        Map<Service, Long> worst = new EnumMap<>(Service.class);
        Map<Service, Long> awake = new EnumMap<>(Service.class);
        List<Standstill> standstills = stood.all();
        for (List<Recorded> of : clients.values()) {
            Service service = of.get(0).service();
            for (Gap gap : gaps(of, last.at(), until)) {
                worst.merge(service, millis(gap.to - gap.from), Math::max);
                awake.merge(service, millis(Standstill.longestLeft(standstills, gap.from, gap.to)), Math::max);
            }
        }
        Map<String, Long> ends = calls.stream()
                .filter(call -> call.called() >= last.at() && call.called() < until)
                .collect(Collectors.groupingBy(Recorded::how, Collectors.counting()));
        return new Aftermath(last.what(), last.goesOnWithin(), ends, worst, awake);
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** A client that came after the fault is measured from its first call. */
    private static List<Gap> gaps(List<Recorded> ofOneClient, long from, long until) {
        long first = ofOneClient.stream().mapToLong(Recorded::called).min().orElse(until);
        long last = Math.max(from, first);
        List<Gap> gaps = new ArrayList<>();
        List<Recorded> done = ofOneClient.stream()
                .filter(call -> call.is(Journal.DONE) && call.ended() > from && call.ended() < until)
                .sorted(Comparator.comparingLong(Recorded::ended))
                .toList();
        for (Recorded call : done) {
            gaps.add(new Gap(last, call.ended()));
            last = call.ended();
        }
        gaps.add(new Gap(last, until));
        return gaps;
    }

    /** What took longer than it may; empty: nothing. */
    Optional<String> late() {
        return longer(awakeMillis)
                .map(most ->
                        "after " + fault + " members not hit did nothing for longer than " + most + ": " + awakeMillis);
    }

    /** What took longer than it may but for those that stood still; empty: nothing. */
    Optional<String> excused() {
        return late().isPresent()
                ? Optional.empty()
                : longer(worstMillis)
                        .map(most -> "after " + fault + " members not hit did nothing for longer than " + most + ": "
                                + worstMillis + ", while some stood still: without that " + awakeMillis);
    }

    private Optional<Duration> longer(Map<Service, Long> millis) {
        return goesOnWithin.filter(most -> millis.values().stream().anyMatch(each -> each > most.toMillis()));
    }

    long count(String how) {
        return ends.getOrDefault(how, 0L);
    }
}
