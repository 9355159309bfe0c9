package org.goaway.usage.nemesis;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.goaway.ClusterConfig;
import org.goaway.usage.nemesis.Fault.Harm;
import org.goaway.usage.nemesis.Fault.Target;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Processes that die or stop for a while, and links that are cut. Each pair of harm and target gets one round; with {@code
 * -Dgoaway.nemesis.seconds} (the profile {@code long} sets it) rounds until so many seconds have passed.
 */
@Tag("process")
class NemesisIT {

    private static final Path FOLDER = Path.of("target", "nemesis").toAbsolutePath();
    private static final Table TABLE = new Table();
    private static final long SEED = Long.getLong("goaway.nemesis.seed", System.nanoTime());
    private static final Duration SECONDS = Duration.ofSeconds(Long.getLong("goaway.nemesis.seconds", 0));
    private static final Duration REST = Duration.ofSeconds(3);

    @ParameterizedTest
    @CsvSource({"KILL, LEADER, 3, 0", "KILL, LEADER_AND_HOME, 5, 0", "PAUSE, ANY, 3, 300", "PAUSE, LEADER, 3, 4000"})
    void shouldKeepItsPromisesWhenServersDieOrPause(Harm harm, Target target, int servers, long millis)
            throws Exception {
        run(new Fault(harm, target, Duration.ofMillis(millis)), servers, false);
    }

    @ParameterizedTest
    @CsvSource({"CUT_OFF, HOME, 3, 4000", "MUTE, LEADER, 3, 4000", "BRIDGE, LEADER, 3, 4000"})
    void shouldKeepItsPromisesWhenLinksAreCut(Harm harm, Target target, int servers, long millis) throws Exception {
        assumeThat(Network.missing()).as("why there are no cuts here").isEmpty();
        run(new Fault(harm, target, Duration.ofMillis(millis)), servers, true);
    }

    @ParameterizedTest
    @CsvSource({
        "KILL, ANY, 3, 0",
        "KILL, HOME, 5, 0",
        "PAUSE, ANY, 5, 100",
        "PAUSE, HOME, 3, 1500",
        "PAUSE, ANY, 3, 8000",
        "PAUSE, LEADER, 5, 30000"
    })
    void shouldKeepItsPromisesForLongWhenServersDieOrPause(Harm harm, Target target, int servers, long millis)
            throws Exception {
        assumeThat(SECONDS).as("the profile 'long' does this").isPositive();
        run(new Fault(harm, target, Duration.ofMillis(millis)), servers, false);
    }

    @ParameterizedTest
    @CsvSource({
        "CUT_OFF, LEADER, 3, 10000",
        "CUT_OFF, LEADER_AND_HOME, 5, 10000",
        "DEAF, LEADER, 3, 6000",
        "DEAF, HOME, 5, 6000",
        "MUTE, HOME, 3, 6000",
        "BRIDGE, HOME, 5, 15000"
    })
    void shouldKeepItsPromisesForLongWhenLinksAreCut(Harm harm, Target target, int servers, long millis)
            throws Exception {
        assumeThat(SECONDS).as("the profile 'long' does this").isPositive();
        assumeThat(Network.missing()).as("why there are no cuts here").isEmpty();
        run(new Fault(harm, target, Duration.ofMillis(millis)), servers, true);
    }

    @AfterAll
    static void report() {
        System.out.println(TABLE);
    }

    private static void run(Fault fault, int servers, boolean inNetwork) throws Exception {
        Set<Work> works = EnumSet.allOf(Work.class);
        ClusterConfig config =
                ClusterConfig.builder().localServers(servers).voters(servers).build();
        String name = (fault.harm() + "-" + fault.target()).toLowerCase(Locale.ROOT);
        long end = System.nanoTime() + SECONDS.toNanos();
        long seed = SEED;
        do {
            Outcome outcome = new Round(name, config, works, fault, 1, REST, seed++).run(FOLDER, inNetwork);
            TABLE.add(outcome);
            outcome.check();
        } while (System.nanoTime() < end);
    }
}
