package org.goaway.usage.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.goaway.LockLostException;

/**
 * What members may have when all writers have ended.
 *
 * @param calls what the writers wrote down
 * @param killed the members that were killed
 * @param cut the members that were cut off and are back, or stood still for as long as if they had been
 */
record WriterRules(List<Recorded> calls, Set<String> killed, Set<String> cut) {

    /** Every call ended in a way that the API knows. */
    void checkEnds() {
        assertThat(calls.stream().filter(call -> call.is(Journal.WRONG)).limit(5))
                .as("calls that failed")
                .isEmpty();
    }

    /**
     * Who was killed may have lost what it set since its last sync; of all others the last set of each field is there, unless
     * another's is.
     */
    void checkWeak(Map<String, String> seen) {
        Map<String, Long> last = highest("set", false);
        Map<String, Long> least = new HashMap<>(last);
        killed.forEach(least::remove);
        highest("sync", true).forEach(least::putIfAbsent);
        assertThat(last).as("weak writers").isNotEmpty();
        last.forEach((member, number) -> {
            for (int i = 0; i < WeakWriter.OWN; i++) {
                String field = WeakWriter.own(member, i);
                assertThat(seen).containsKey(field);
                assertThat(Long.valueOf(seen.get(field)))
                        .as("what %s set last in its field %d", member, i)
                        .isBetween(least.getOrDefault(member, 1L), number);
            }
        });
        for (int field = 0; field < WeakWriter.SHARED; field++) {
            int index = field;
            Set<String> possible = new HashSet<>();
            last.forEach((member, number) -> LongStream.rangeClosed(1, number)
                    .filter(set -> set % WeakWriter.SHARED == index)
                    .filter(set -> set > least.getOrDefault(member, 0L) - WeakWriter.SHARED)
                    .mapToObj(set -> String.valueOf(WeakWriter.shared(member, set)))
                    .forEach(possible::add));
            assertThat(String.valueOf(seen.get(WeakWriter.SHARED_FIELD + field)))
                    .as("field %d that all set", field)
                    .isIn(possible);
        }
    }

    /** All released sections count, once each; only what a member released last before it was out may be lost, unless flushed. */
    void checkBooks(Map<String, String> seen) {
        long count = Long.parseLong(seen.get("count"));
        Set<String> out = out();
        Set<String> flushed = calls.stream()
                .filter(call -> call.asked().startsWith("flush ") && call.is(Journal.DONE))
                .map(call -> number(call) + " " + call.member())
                .collect(Collectors.toSet());
        List<Recorded> releases = calls.stream()
                .filter(call ->
                        call.key().equals(ReleaseWriter.KEY) && call.asked().startsWith("release "))
                .toList();
        List<Recorded> certain = releases.stream()
                .filter(call -> call.is(Journal.DONE))
                .filter(call -> !out.contains(call.member()) || flushed.contains(number(call) + " " + call.member()))
                .toList();
        assertThat(certain.stream().map(WriterRules::number))
                .as("sections that count")
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allMatch(number -> number <= count);
        assertThat(releases.stream().map(WriterRules::number))
                .as("sections released")
                .containsAll(LongStream.rangeClosed(1, count).boxed().toList());
        Map<String, Long> least = perMember(certain);
        perMember(releases)
                .forEach((member, most) -> assertThat(Long.parseLong(seen.getOrDefault("by " + member, "0")))
                        .as("sections of %s", member)
                        .isBetween(least.getOrDefault(member, 0L), most));
        assertThat(seen).containsEntry("by all", Long.toString(count)).containsEntry("cells", seen.get("sum"));
    }

    private static Map<String, Long> perMember(List<Recorded> calls) {
        return calls.stream().collect(Collectors.groupingBy(Recorded::member, Collectors.counting()));
    }

    /** The cut-off member's section was given up, so it is refused when it comes back; the other one counts. */
    void checkHeld(Map<String, String> seen, String by) {
        assertThat(calls.stream().filter(call -> call.key().equals(HeldSection.KEY)))
                .extracting(Recorded::asked, Recorded::what)
                .anySatisfy(call -> assertThat(call.toList()).containsExactly("enter", "true"))
                .anySatisfy(call -> assertThat(call.toList().toString()).contains("release", "LockLostException"));
        assertThat(seen).containsEntry("by", by).containsEntry("cell 0", "0").containsEntry("cell 1", "1");
    }

    /** Those that were out of the cluster: what they released last may be lost whole. */
    private Set<String> out() {
        Set<String> out = new HashSet<>(killed);
        out.addAll(cut);
        // A machine that is busy for longer than a lease has the same effect.
        calls.stream()
                .filter(call -> call.what().contains(LockLostException.class.getSimpleName()))
                .forEach(call -> out.add(call.member()));
        return out;
    }

    /** The highest number of each member. */
    private Map<String, Long> highest(String what, boolean onlyDone) {
        return calls.stream()
                .filter(call ->
                        call.key().equals(WeakWriter.KEY) && call.asked().startsWith(what + " "))
                .filter(call -> !onlyDone || call.is(Journal.DONE))
                .collect(Collectors.toMap(Recorded::member, WriterRules::number, Math::max));
    }

    private static long number(Recorded call) {
        return Long.parseLong(call.asked().substring(call.asked().indexOf(' ') + 1));
    }
}
