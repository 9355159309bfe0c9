package org.goaway.usage.nemesis;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.goaway.usage.nemesis.Fault.Harm;
import org.goaway.usage.nemesis.Fault.Target;
import org.goaway.usage.nemesis.Round.Place;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes that die or stop for a while, links that are cut, members that come and leave. Each cluster goes through its
 * faults once; with {@code -Dgoaway.nemesis.seconds} (the profile {@code long} sets it) again and again, in clusters of
 * their own, until so many seconds have passed.
 */
@Tag("process")
class NemesisIT {

    private static final Path FOLDER = Path.of("target", "nemesis").toAbsolutePath();
    private static final Table TABLE = new Table();
    private static final long SEED = Long.getLong("goaway.nemesis.seed", System.nanoTime());
    private static final Duration SECONDS = Duration.ofSeconds(Long.getLong("goaway.nemesis.seconds", 0));
    private static final Duration REST = Duration.ofSeconds(3);

    @Test
    void shouldKeepItsPromisesWhenServersDieAndTheirLauncherSeesIt() throws Exception {
        run("seen", Place.LAUNCHED, 5, kill(Target.LEADER), kill(Target.HOME));
    }

    @ParameterizedTest
    @EnumSource(
            value = Target.class,
            names = {"LEADER", "HOME", "LEADER_AND_HOME"})
    void shouldKeepItsPromisesWhenServersDieUnseen(Target target) throws Exception {
        run("unseen", Place.STANDING, target == Target.LEADER_AND_HOME ? 5 : 3, kill(target));
    }

    @Test
    void shouldKeepItsPromisesWhenServersPause() throws Exception {
        run("pause", Place.LAUNCHED, 3, fault(Harm.PAUSE, Target.ANY, 300), fault(Harm.PAUSE, Target.LEADER, 4000));
    }

    @Test
    void shouldKeepItsPromisesWhenServersComeAndLeave() throws Exception {
        run(
                "come-and-leave",
                Place.STANDING,
                3,
                fault(Harm.JOIN, Target.ANY, 0),
                fault(Harm.LEAVE, Target.HOME, 0),
                fault(Harm.REPLACE, Target.HOME, 0),
                fault(Harm.REPLACE, Target.LEADER, 0),
                fault(Harm.KILL_AND_JOIN, Target.HOME, 0));
    }

    @Test
    void shouldKeepItsPromisesWhenLinksAreCut() throws Exception {
        assumeThat(Network.missing()).as("why there are no cuts here").isEmpty();
        run(
                "cut",
                Place.NETWORK,
                3,
                fault(Harm.CUT_OFF, Target.HOME, 4000),
                fault(Harm.BRIDGE, Target.LEADER, 4000),
                fault(Harm.MUTE, Target.LEADER, 4000),
                fault(Harm.APART, Target.HOME, 12_000));
    }

    @ParameterizedTest
    @CsvSource({
        "KILL, ANY, 3, 0",
        "KILL, HOME, 5, 0",
        "KILL, LEADER_AND_HOME, 5, 0",
        "PAUSE, ANY, 5, 100",
        "PAUSE, HOME, 3, 1500",
        "PAUSE, ANY, 3, 8000",
        "PAUSE, LEADER, 5, 30000"
    })
    void shouldKeepItsPromisesForLongWhenServersDieOrPause(Harm harm, Target target, int servers, long millis)
            throws Exception {
        assumeThat(SECONDS).as("the profile 'long' does this").isPositive();
        run(harm + "-" + target, Place.LAUNCHED, servers, fault(harm, target, millis));
    }

    @ParameterizedTest
    @CsvSource({
        "REPLACE, LEADER, 0",
        "KILL_AND_JOIN, LEADER, 0",
        "PAUSE_AND_JOIN, ANY, 1500",
        "PAUSE_AND_JOIN, LEADER, 4000",
        "PAUSE_AND_LEAVE, HOME, 1500",
        "PAUSE_AND_LEAVE, LEADER, 4000",
        "LEAVE, LEADER_AND_HOME, 0"
    })
    void shouldKeepItsPromisesForLongWhenServersComeAndLeave(Harm harm, Target target, long millis) throws Exception {
        assumeThat(SECONDS).as("the profile 'long' does this").isPositive();
        run(harm + "-" + target, Place.STANDING, 3, fault(Harm.JOIN, Target.ANY, 0), fault(harm, target, millis));
    }

    @ParameterizedTest
    @CsvSource({
        "CUT_OFF, LEADER, 3, 10000",
        "CUT_OFF, LEADER_AND_HOME, 5, 10000",
        "DEAF, LEADER, 3, 6000",
        "DEAF, HOME, 5, 6000",
        "MUTE, HOME, 3, 6000",
        "BRIDGE, HOME, 5, 15000",
        "APART, HOME, 5, 15000"
    })
    void shouldKeepItsPromisesForLongWhenLinksAreCut(Harm harm, Target target, int servers, long millis)
            throws Exception {
        assumeThat(SECONDS).as("the profile 'long' does this").isPositive();
        assumeThat(Network.missing()).as("why there are no cuts here").isEmpty();
        run(harm + "-" + target, Place.NETWORK, servers, fault(harm, target, millis));
    }

    @AfterAll
    static void report() {
        System.out.println(TABLE);
    }

    private static Fault kill(Target target) {
        return fault(Harm.KILL, target, 0);
    }

    private static Fault fault(Harm harm, Target target, long millis) {
        return new Fault(harm, target, Duration.ofMillis(millis));
    }

    private static void run(String name, Place place, int servers, Fault... faults) throws Exception {
        Set<Work> works = EnumSet.allOf(Work.class);
        long end = System.nanoTime() + SECONDS.toNanos();
        long seed = SEED;
        do {
            Outcome outcome = new Round(
                            name.toLowerCase(Locale.ROOT), place, servers, works, List.of(faults), REST, seed++)
                    .run(FOLDER);
            TABLE.add(outcome);
            outcome.check();
        } while (System.nanoTime() < end);
    }
}
