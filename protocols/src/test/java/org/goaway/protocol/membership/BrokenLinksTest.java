package org.goaway.protocol.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has to go, by what the members told. */
class BrokenLinksTest {

    private static final LeaseTimes TIMES = LeaseTimes.of(Duration.ofSeconds(2));
    private static final long STEP = TIMES.lease() / 8;
    private static final MemberId LEADER = member(1);

    private final BrokenLinks links = new BrokenLinks(LEADER, TIMES, member(4)::equals);
    private long now = Long.MAX_VALUE - 3 * TIMES.lease();

    private static MemberId member(long number) {
        return new MemberId(0, number);
    }

    private static Epoch epoch(int members) {
        return Epoch.founding(Set.copyOf(LongStream.rangeClosed(1, members)
                .mapToObj(BrokenLinksTest::member)
                .toList()));
    }

    /** For this time each of {@code told} tells that it hears nothing of these. */
    private void tell(long time, Map<Long, List<Long>> told) {
        for (long end = now + time; now - end < 0; now += STEP) {
            told.forEach((from, unheard) -> links.onTold(
                    member(from),
                    Set.copyOf(unheard.stream().map(BrokenLinksTest::member).toList()),
                    now));
        }
    }

    private void tellLong(int members, Map<Long, List<Long>> broken) {
        Map<Long, List<Long>> told = new HashMap<>(broken);
        LongStream.rangeClosed(1, members).forEach(member -> told.putIfAbsent(member, List.of()));
        tell(TIMES.broken() + 2 * STEP, told);
    }

    private Set<MemberId> apart(Epoch epoch) {
        Set<MemberId> apart = links.apart(epoch, now);
        epoch.members()
                .forEach(member -> assertThat(links.isApart(member, epoch, now)).isEqualTo(apart.contains(member)));
        return apart;
    }

    @Test
    void shouldLetOneOfTwoGoWhicheverTold() {
        tellLong(3, Map.of(2L, List.of(3L)));
        assertThat(apart(epoch(3))).containsExactly(member(3));
        tellLong(3, Map.of(3L, List.of(2L)));
        assertThat(apart(epoch(3))).containsExactly(member(3));
    }

    @Test
    void shouldLetTheLaterComerGo() {
        Epoch epoch = new Epoch(5, Map.of(member(1), 1L, member(2), 5L, member(3), 1L), List.of(member(1)));
        tellLong(3, Map.of(2L, List.of(3L)));
        assertThat(apart(epoch)).containsExactly(member(2));
    }

    @Test
    void shouldLetTheOneWithMostBrokenLinksGo() {
        tellLong(5, Map.of(2L, List.of(3L), 5L, List.of(2L)));
        assertThat(apart(epoch(5))).containsExactly(member(2));
    }

    /** It has not heard of one for a little longer than of the others. */
    @Test
    void shouldLetTheOneGoThatHearsNobody() {
        tell(STEP, Map.of(1L, List.of(), 2L, List.of(5L), 3L, List.of(), 4L, List.of(), 5L, List.of()));
        tell(
                TIMES.broken() - STEP,
                Map.of(1L, List.of(), 2L, List.of(3L, 4L, 5L), 3L, List.of(), 4L, List.of(), 5L, List.of()));
        assertThat(apart(epoch(5))).containsExactly(member(2));
    }

    @Test
    void shouldKeepTheLeader() {
        tellLong(5, Map.of(1L, List.of(2L, 3L)));
        assertThat(apart(epoch(5))).containsExactly(member(2), member(3));
    }

    @Test
    void shouldKeepAPreciousMember() {
        tellLong(4, Map.of(3L, List.of(4L)));
        assertThat(apart(epoch(4))).containsExactly(member(3));
    }

    @Test
    void shouldKeepAMajority() {
        tellLong(5, Map.of(1L, List.of(2L, 3L, 5L)));
        assertThat(apart(epoch(5))).containsExactly(member(3), member(5));
        tellLong(2, Map.of(1L, List.of(2L)));
        assertThat(apart(epoch(2))).isEmpty();
    }

    @Test
    void shouldCountThoseWhoAreHeardForAMajorityOnly() {
        tell(TIMES.broken() + 2 * STEP, Map.of(1L, List.of(2L), 2L, List.of(), 3L, List.of()));
        assertThat(apart(epoch(5))).isEmpty();
    }

    @Test
    void shouldWaitBeforeALinkCounts() {
        tell(TIMES.broken() - STEP, Map.of(1L, List.of(), 2L, List.of(3L), 3L, List.of()));
        assertThat(apart(epoch(3))).isEmpty();
    }

    @Test
    void shouldForgetALinkThatIsNotToldOfAnyMore() {
        tellLong(3, Map.of(2L, List.of(3L)));
        tell(STEP, Map.of(1L, List.of(), 2L, List.of(), 3L, List.of()));
        assertThat(apart(epoch(3))).isEmpty();
        tell(STEP, Map.of(1L, List.of(), 2L, List.of(3L), 3L, List.of()));
        assertThat(apart(epoch(3))).isEmpty();
    }

    @Test
    void shouldNotCountALinkToOneThatIsSilentItself() {
        tell(TIMES.lease(), Map.of(1L, List.of(3L), 2L, List.of(3L)));
        assertThat(apart(epoch(3))).isEmpty();
    }

    /** Every way in which links can be broken: the greedy choice loses nothing against the best. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void shouldMakeTheOthersWholeWheneverAMajorityCanBe(int members) {
        List<Set<Long>> pairs = pairs(members);
        Epoch epoch = epoch(members);
        for (int graph = 0; graph < 1 << pairs.size(); graph++) {
            List<Set<Long>> broken = chosen(pairs, graph);
            Map<Long, List<Long>> told = new HashMap<>();
            broken.forEach(pair -> told.computeIfAbsent(Collections.min(pair), from -> new ArrayList<>())
                    .add(Collections.max(pair)));
            links.restart();
            tellLong(members, told);

            Set<MemberId> apart = links.apart(epoch, now);

            assertThat(apart).as("%s", broken).doesNotContain(LEADER);
            assertThat(2 * (members - apart.size())).as("%s", broken).isGreaterThan(members);
            if (canBeWhole(members, broken)) {
                assertThat(isWhole(broken, apart))
                        .as("%s without %s", broken, apart)
                        .isTrue();
            }
        }
    }

    private static List<Set<Long>> pairs(int members) {
        return LongStream.rangeClosed(1, members)
                .boxed()
                .flatMap(one -> LongStream.rangeClosed(one + 1, members).mapToObj(other -> Set.of(one, other)))
                .toList();
    }

    private static <T> List<T> chosen(List<T> from, int bits) {
        return IntStream.range(0, from.size())
                .filter(i -> (bits >> i & 1) == 1)
                .mapToObj(from::get)
                .toList();
    }

    private static boolean isWhole(List<Set<Long>> broken, Set<MemberId> apart) {
        return broken.stream().allMatch(pair -> pair.stream().anyMatch(end -> apart.contains(member(end))));
    }

    /** Whether the leader and some others that are more than half reach each other. */
    private static boolean canBeWhole(int members, List<Set<Long>> broken) {
        List<MemberId> others = LongStream.rangeClosed(2, members)
                .mapToObj(BrokenLinksTest::member)
                .toList();
        return IntStream.range(0, 1 << others.size())
                .filter(without -> 2 * (members - Integer.bitCount(without)) > members)
                .anyMatch(without -> isWhole(broken, Set.copyOf(chosen(others, without))));
    }

    @Test
    void shouldForgetAllWhenItsOwnLoopStoodStill() {
        tellLong(3, Map.of(2L, List.of(3L)));
        links.restart();
        assertThat(apart(epoch(3))).isEmpty();
    }
}
