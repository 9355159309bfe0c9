package org.goaway.usage.nemesis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.goaway.kit.Standstill;
import org.goaway.protocol.kit.History;
import org.goaway.protocol.kit.LinearizabilityChecker;

/**
 * What happened in a round.
 *
 * @param struck the faults done
 * @param ended when the clients were told to end
 * @param hanging what is wrong with how clients ended
 */
record Outcome(
        Round round, List<Recorded> calls, List<Struck> struck, long ended, List<String> hanging, StoodStill stood) {

    private static final int MOST_TOLD = 5;
    /** An operation ends after 10 seconds, one that reads and then writes after twice that; this is more. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(25);

    /**
     * One fault done: what and to whom.
     *
     * @param before when it began to be done, which takes a while: what happens until {@code at} may come of it or not
     * @param at when it was done
     */
    record Struck(String what, Optional<Duration> goesOnWithin, Set<String> servers, long before, long at) {

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
        calls.stream()
                .filter(this::isLong)
                .limit(MOST_TOLD)
                .map(call -> "took longer than " + LONGEST_CALL + ": " + call)
                .forEach(wrong::add);
        for (Aftermath aftermath : aftermaths()) {
            aftermath.late().ifPresent(wrong::add);
            aftermath.excused().ifPresent(System.out::println);
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError(title() + ": " + String.join("\n", wrong));
        }
        History history = Histories.of(calls);
        LinearizabilityChecker.assertLinearizable(history, new FieldModel());
    }

    private boolean isLong(Recorded call) {
        return call.ended() != Long.MAX_VALUE
                && Standstill.left(stood.of(call.member()), call.called(), call.ended()) > LONGEST_CALL.toNanos();
    }

    String title() {
        return round.name() + " (seed " + round.seed() + ", " + struck + (stood.isEmpty() ? "" : ", " + stood) + ")";
    }

    /** What was seen from each fault until the next one, or the end. */
    List<Aftermath> aftermaths() {
        List<Aftermath> all = new ArrayList<>();
        for (int i = 0; i < struck.size(); i++) {
            long until = i + 1 < struck.size() ? struck.get(i + 1).before() : ended;
            all.add(Aftermath.of(struck.subList(0, i + 1), until, calls, stood));
        }
        return all;
    }
}
