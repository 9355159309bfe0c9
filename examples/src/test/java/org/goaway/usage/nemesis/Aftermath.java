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
import org.goaway.usage.nemesis.Outcome.Struck;
import org.goaway.usage.nemesis.Recorded.Service;

/**
 * What clients saw from one fault until the next.
 *
 * @param ends how many calls ended in which way
 * @param worstMillis for each service, the longest time in which a client at a member not hit got nothing done
 */
record Aftermath(
        String fault, Optional<Duration> goesOnWithin, Map<String, Long> ends, Map<Service, Long> worstMillis) {

    /** {@code struck} are the faults done up to {@code until}; it is about the last of them. */
    static Aftermath of(List<Struck> struck, long until, List<Recorded> calls) {
        Struck last = struck.get(struck.size() - 1);
        Set<String> hit = last.servers();
        Set<String> hitBefore = Struck.servers(struck.subList(0, struck.size() - 1));
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
        clients.values()
                .forEach(of -> worst.merge(
                        of.get(0).service(),
                        TimeUnit.NANOSECONDS.toMillis(longestGap(of, last.at(), until)),
                        Math::max));
        Map<String, Long> ends = calls.stream()
                .filter(call -> call.called() >= last.at() && call.called() < until)
                .collect(Collectors.groupingBy(Recorded::how, Collectors.counting()));
        return new Aftermath(last.what(), last.goesOnWithin(), ends, worst);
    }

    /** A client that came after the fault is measured from its first call. */
    private static long longestGap(List<Recorded> ofOneClient, long from, long until) {
        long first = ofOneClient.stream().mapToLong(Recorded::called).min().orElse(until);
        long last = Math.max(from, first);
        long worst = 0;
        List<Recorded> done = ofOneClient.stream()
                .filter(call -> call.is(Journal.DONE) && call.ended() > from && call.ended() < until)
                .sorted(Comparator.comparingLong(Recorded::ended))
                .toList();
        for (Recorded call : done) {
            worst = Math.max(worst, call.ended() - last);
            last = call.ended();
        }
        return Math.max(worst, until - last);
    }

    /** What took longer than it may; empty: nothing. */
    Optional<String> late() {
        return goesOnWithin
                .filter(most -> worstMillis.values().stream().anyMatch(millis -> millis > most.toMillis()))
                .map(most ->
                        "after " + fault + " members not hit did nothing for longer than " + most + ": " + worstMillis);
    }

    long count(String how) {
        return ends.getOrDefault(how, 0L);
    }
}
