package org.goaway.usage.nemesis;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.Member;
import org.goaway.MembershipEvent;
import org.goaway.usage.Eventually;
import org.goaway.usage.Lan;
import org.goaway.usage.nemesis.Fault.Harm;
import org.goaway.usage.nemesis.Fault.Target;
import org.goaway.usage.nemesis.Round.Place;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Links between machines that found each other by multicast and speak TLS are cut and healed, under load. */
@Tag("process")
@Tag("machines")
class KeyedIT {

    private static final Path FOLDER = Path.of("target", "nemesis").toAbsolutePath();
    /** Who is out before it is out of view was not suspected. */
    private static final Set<MembershipEvent.Type> AWAY =
            EnumSet.of(MembershipEvent.Type.SUSPECTED, MembershipEvent.Type.LEFT);

    private static final CompletableFuture<Long> NOTICED = new CompletableFuture<>();
    private static final long SEED = Long.getLong("goaway.nemesis.seed", System.nanoTime());

    @Test
    void shouldKeepItsPromisesWhenLinksOfTlsAreCut() throws Exception {
        assumeThat(Lan.missing()).as("why there is no network here").isEmpty();
        List<Fault> faults = List.of(
                cut(Harm.CUT_OFF, Target.HOME, 4000),
                cut(Harm.CUT_OFF, Target.LEADER, 8000),
                cut(Harm.MUTE, Target.LEADER, 4000),
                cut(Harm.DEAF, Target.HOME, 6000));
        Outcome outcome = new Round(
                        "keyed", Place.KEYED, 3, EnumSet.allOf(Work.class), faults, Duration.ofSeconds(3), SEED)
                .run(FOLDER);
        Table table = new Table();
        table.add(outcome);
        System.out.println(table);
        outcome.check();
    }

    /** How soon is in the test's output: the clock of all processes of a machine is one. */
    @Test
    void shouldNoticeWhoIsCutOff() throws Exception {
        assumeThat(Lan.missing()).as("why there is no network here").isEmpty();
        try (Ground ground = Place.KEYED.ground(3, Round.emptied(FOLDER.resolve("keyed-notices")));
                Cluster cluster = GoAway.init(ground.config())) {
            Running running = new Running(cluster, ground, new Random(SEED));
            String victim = running.servers().get(2);
            List<Member> others = cluster.members().stream()
                    .filter(member -> !member.name().equals(victim))
                    .toList();
            for (Member other : others) {
                cluster.run(Running.on(other), () -> watch(victim)).join();
            }
            running.cut(Way.between(victim, running.others(victim)));
            long at = System.nanoTime();
            for (Member other : others) {
                long told = cluster.call(Running.on(other), KeyedIT::noticedAt).join();
                System.out.printf(
                        "%s has noticed who is cut off after %d ms%n",
                        other.name(), TimeUnit.NANOSECONDS.toMillis(told - at));
            }
        }
    }

    private static void watch(String victim) {
        var unused = GoAway.current().onMembership(event -> {
            if (AWAY.contains(event.type()) && event.member().name().equals(victim)) {
                NOTICED.complete(System.nanoTime());
            }
        });
    }

    private static long noticedAt() throws Exception {
        return NOTICED.get(Eventually.AT_MOST.toSeconds(), TimeUnit.SECONDS);
    }

    private static Fault cut(Harm harm, Target target, long millis) {
        return new Fault(harm, target, Duration.ofMillis(millis));
    }
}
