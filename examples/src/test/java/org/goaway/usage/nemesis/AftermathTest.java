package org.goaway.usage.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.goaway.kit.Standstill;
import org.goaway.usage.nemesis.Outcome.Struck;
import org.junit.jupiter.api.Test;

/** A fault hits server-1 at 2 s, and the others are to go on within 6 s; all ends at 12 s. */
class AftermathTest {

    private static final Struck FAULT =
            new Struck("fault", Optional.of(Duration.ofSeconds(6)), Set.of("server-1"), millis(1_000), millis(2_000));
    private static final List<Recorded> STEADY = client("server-3", 2_500, 5_000, 8_000, 11_000);
    private static final List<Recorded> PAUSES = client("server-2", 2_500, 3_000, 10_000, 11_000);

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** A client whose calls end then. */
    private static List<Recorded> client(String member, long... millis) {
        return LongStream.of(millis)
                .map(AftermathTest::millis)
                .mapToObj(end ->
                        new Recorded("fast_reads@" + member + ".1", "fast:key", "get", end - 1, end, Journal.DONE, "1"))
                .toList();
    }

    private static StoodStill nobody() {
        return new StoodStill("program", Map.of("program", List.of(), "server-2", List.of(), "server-3", List.of()));
    }

    private static StoodStill stood(String member, long from, long to) {
        Map<String, List<Standstill>> members = new TreeMap<>(nobody().members());
        members.put(member, List.of(new Standstill(millis(from), millis(to))));
        return new StoodStill("program", members);
    }

    private static Aftermath of(List<Recorded> client, StoodStill stood) {
        return Aftermath.of(
                List.of(FAULT),
                millis(12_000),
                Stream.concat(STEADY.stream(), client.stream()).toList(),
                stood);
    }

    @Test
    void shouldBeLateWhereNobodyStoodStill() {
        assertThat(of(PAUSES, nobody()).late()).get().asString().contains("7000");
        assertThat(of(STEADY, nobody()).late()).isEmpty();
    }

    @Test
    void shouldCountAnewWhereAnyoneStoodStillAndSayWhatThatExcused() {
        Aftermath aftermath = of(PAUSES, stood("server-3", 6_000, 6_500));

        assertThat(aftermath.late()).isEmpty();
        assertThat(aftermath.excused()).get().asString().contains("7000", "3500");
    }

    @Test
    void shouldBeLateWhereItTakesTooLongAfterAStandstillToo() {
        Aftermath aftermath = of(PAUSES, stood("program", 3_100, 3_600));

        assertThat(aftermath.late()).get().asString().contains("6400");
        assertThat(aftermath.excused()).isEmpty();
    }

    @Test
    void shouldTakeWhoStoodStillForLongForHit() {
        List<Recorded> lost = client("server-2", 2_500, 3_000);

        assertThat(of(lost, stood("server-2", 3_000, 6_600)).late()).isEmpty();
        assertThat(of(lost, stood("server-2", 3_000, 5_000)).late()).isPresent();
        assertThat(of(lost, stood("server-2", 12_500, 19_000)).late()).isPresent();
        assertThat(of(lost, stood("server-3", 3_000, 5_000)).late()).isPresent();
    }

    @Test
    void shouldTakeAllForHitWhereTheProgramStoodStillForLong() {
        assertThat(stood("program", 3_000, 6_500).orHit(Set.of("server-1")))
                .containsExactlyInAnyOrder("server-1", "server-2", "server-3", "program");
        assertThat(stood("program", 3_000, 6_000).orHit(Set.of("server-1"))).containsExactly("server-1");
    }
}
