package org.goaway.usage.nemesis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What must hold of the sections of one lock: tokens rise in the order of grants, no token is given twice, and a section
 * that was given back unharmed overlaps with no other.
 */
final class LockRules {

    /** From the return of the lock to the call of the unlock; {@code left} is endless unless the unlock went well. */
    private record Stay(long token, long called, long entered, long left, String client) {}

    private LockRules() {}

    /** What is wrong; empty if nothing is. */
    static Optional<String> broken(List<Recorded> all) {
        Map<String, List<Recorded>> locks = new TreeMap<>();
        all.stream()
                .filter(Recorded::isOfLock)
                .forEach(call -> locks.computeIfAbsent(call.key(), key -> new ArrayList<>())
                        .add(call));
        return locks.entrySet().stream()
                .flatMap(lock -> ofOne(stays(lock.getValue())).map(what -> lock.getKey() + ": " + what).stream())
                .findFirst();
    }

    private static List<Stay> stays(List<Recorded> calls) {
        Map<String, Long> left = new HashMap<>();
        for (Recorded call : calls) {
            if (!call.asked().equals(Section.HOLD) && call.is(Journal.DONE)) {
                left.put(call.client() + " " + call.asked(), call.called());
            }
        }
        List<Stay> stays = new ArrayList<>();
        for (Recorded call : calls) {
            boolean held = call.asked().equals(Section.HOLD) && call.is(Journal.DONE);
            if (held && Journal.result(call.what()) instanceof Long token) {
                String end = call.client() + " " + Section.FREE + " " + token;
                stays.add(new Stay(
                        token, call.called(), call.ended(), left.getOrDefault(end, Long.MAX_VALUE), call.client()));
            }
        }
        stays.sort(Comparator.comparingLong(Stay::token));
        return stays;
    }

    private static Optional<String> ofOne(List<Stay> byToken) {
        long latestCall = Long.MIN_VALUE;
        Stay last = null;
        Stay unharmed = null;
        for (Stay stay : byToken) {
            if (last != null && last.token() == stay.token()) {
                return Optional.of("one token for two: " + last + " and " + stay);
            }
            if (stay.entered() < latestCall) {
                return Optional.of("a token that does not rise: " + stay + " was granted before " + last + " asked");
            }
            if (unharmed != null && stay.entered() < unharmed.left()) {
                return Optional.of("held twice: " + unharmed + " and " + stay);
            }
            if (stay.left() != Long.MAX_VALUE && (unharmed == null || stay.left() > unharmed.left())) {
                unharmed = stay;
            }
            latestCall = Math.max(latestCall, stay.called());
            last = stay;
        }
        return Optional.empty();
    }
}
