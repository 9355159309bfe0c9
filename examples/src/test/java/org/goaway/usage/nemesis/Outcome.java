package org.goaway.usage.nemesis;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.goaway.protocol.kit.History;
import org.goaway.protocol.kit.LinearizabilityChecker;
import org.goaway.usage.nemesis.Recorded.Service;

/**
 * What happened in a round.
 *
 * @param struck the faults done
 * @param ended when the clients were told to end
 * @param hanging what is wrong with how clients ended
 */
record Outcome(Round round, List<Recorded> calls, List<Struck> struck, long ended, List<String> hanging) {

    private static final int MOST_TOLD = 5;

    /** One fault done: what, to whom and when. */
    record Struck(String what, Set<String> servers, long at) {

        /** All servers that were hit. */
        static Set<String> servers(List<Struck> struck) {
            Set<String> hit = new HashSet<>();
            struck.forEach(fault -> hit.addAll(fault.servers()));
            return hit;
        }
    }

    /** Fails if anything that was promised did not hold. */
    void check() {
        List<String> wrong = new ArrayList<>(hanging);
        calls.stream()
                .filter(call -> call.is(Journal.WRONG))
                .limit(MOST_TOLD)
                .map(Recorded::toString)
                .forEach(wrong::add);
        LockRules.broken(calls).ifPresent(wrong::add);
        calls.stream()
                .filter(call -> call.isQuiet() && call.is(Journal.DONE))
                .filter(call ->
                        !Set.of(Long.toString(Work.QUIET), "true", "false").contains(call.what()))
                .limit(MOST_TOLD)
                .map(call -> "not what was written once: " + call)
                .forEach(wrong::add);
        if (!wrong.isEmpty()) {
            throw new AssertionError(title() + ": " + String.join("\n", wrong));
        }
        History history = Histories.of(calls);
        LinearizabilityChecker.assertLinearizable(history, new FieldModel());
    }

    String title() {
        return round.name() + " (seed " + round.seed() + ", " + struck + ")";
    }

    long count(String how) {
        return calls.stream().filter(call -> call.is(how)).count();
    }

    /** For each service, the longest time after the first fault in which a client at a member not hit got nothing done. */
    Map<Service, Long> worstMillis() {
        Set<String> hit = Struck.servers(struck);
        long from = struck.isEmpty() ? Long.MAX_VALUE : struck.get(0).at();
        Map<String, List<Recorded>> clients = new HashMap<>();
        for (Recorded call : calls) {
            if (!hit.contains(call.member())) {
                clients.computeIfAbsent(call.client() + " " + call.service(), client -> new ArrayList<>())
                        .add(call);
            }
        }
        Map<Service, Long> worst = new EnumMap<>(Service.class);
        clients.values().forEach(of -> worst.merge(of.get(0).service(), gap(of, from), Math::max));
        worst.replaceAll((service, nanos) -> TimeUnit.NANOSECONDS.toMillis(nanos));
        return worst;
    }

    private long gap(List<Recorded> ofOneClient, long from) {
        TreeMap<Long, Recorded> done = new TreeMap<>();
        ofOneClient.stream().filter(call -> call.is(Journal.DONE)).forEach(call -> done.put(call.ended(), call));
        long last = from;
        long worst = 0;
        for (long at : done.tailMap(from).keySet()) {
            worst = Math.max(worst, at - last);
            last = at;
        }
        return Math.max(worst, ended - last);
    }
}
