package org.goaway.usage.nemesis;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.goaway.kit.Standstill;

/**
 * When the machine let members stand still, which it does to any when it is busy with others.
 *
 * @param spawner the member that is this process
 * @param members all that were watched, the spawner too
 */
record StoodStill(String spawner, Map<String, List<Standstill>> members) {

    /** Who is silent for two leases, 4 seconds, is dropped; its last word may have been a moment before it stood still. */
    private static final Duration MAY_BE_DROPPED = Duration.ofMillis(3_500);

    /** Those that were hit, and those that may rightly have been dropped as if they had been. */
    Set<String> orHit(Set<String> hit) {
        Set<String> all = new HashSet<>(hit);
        if (mayBeDropped(spawner)) {
            all.addAll(members.keySet()); // for this process tells what becomes of them, and it is the one that was out
        }
        members.keySet().stream().filter(this::mayBeDropped).forEach(all::add);
        return all;
    }

    private boolean mayBeDropped(String member) {
        return of(member).stream().anyMatch(each -> each.length() >= MAY_BE_DROPPED.toNanos());
    }

    /** Of all these, what touches the time from {@code from} until {@code to}. */
    StoodStill between(long from, long to) {
        Map<String, List<Standstill>> touching = new TreeMap<>();
        members.forEach((member, stood) -> touching.put(
                member,
                stood.stream()
                        .filter(each -> each.to() > from && each.from() < to)
                        .toList()));
        return new StoodStill(spawner, touching);
    }

    List<Standstill> of(String member) {
        return members.getOrDefault(member, List.of());
    }

    /** Those of all members. */
    List<Standstill> all() {
        return members.values().stream().flatMap(Collection::stream).toList();
    }

    boolean isEmpty() {
        return all().isEmpty();
    }

    /** Who and for how long. */
    @Override
    public String toString() {
        Map<String, List<Duration>> told = new TreeMap<>();
        members.forEach((member, stood) -> {
            if (!stood.isEmpty()) {
                told.put(
                        member,
                        stood.stream()
                                .map(each -> Duration.ofNanos(each.length()))
                                .toList());
            }
        });
        return "stood still: " + told;
    }
}
