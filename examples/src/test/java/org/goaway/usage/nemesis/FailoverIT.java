package org.goaway.usage.nemesis;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.usage.nemesis.Fault.Harm;
import org.goaway.usage.nemesis.Fault.Target;
import org.goaway.usage.nemesis.Round.Place;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Servers die, stop and are cut off while they run tasks: each future ends once, without retries no task starts twice, what
 * has not started moves, and what was superseded ends. Each fault strikes among 1,000 tasks; with {@code
 * -Dgoaway.failover.rounds} (the profile {@code long} sets it) again and again.
 */
@Tag("process")
class FailoverIT {

    private static final Path FOLDER = Path.of("target", "failover").toAbsolutePath();
    private static final int ROUNDS = Integer.getInteger("goaway.failover.rounds", 1);
    private static final long SEED = Long.getLong("goaway.nemesis.seed", System.nanoTime());
    private static final int SERVERS = 3;
    private static final int TASKS = 1_000;

    @Test
    void shouldLoseAndDoubleNoTaskWhenAServerDies() throws Exception {
        run(Place.LAUNCHED, new Fault(Harm.KILL, Target.ANY, Duration.ZERO));
    }

    @Test
    void shouldLoseAndDoubleNoTaskWhenAServerDiesUnseen() throws Exception {
        run(Place.STANDING, new Fault(Harm.KILL, Target.ANY, Duration.ZERO));
    }

    @Test
    void shouldLoseAndDoubleNoTaskWhenAServerStops() throws Exception {
        run(Place.LAUNCHED, new Fault(Harm.PAUSE, Target.ANY, Duration.ofSeconds(8)));
    }

    @Test
    void shouldLoseAndDoubleNoTaskWhenAServerIsCutOff() throws Exception {
        assumeThat(Network.missing()).as("why there are no cuts here").isEmpty();
        run(Place.NETWORK, new Fault(Harm.CUT_OFF, Target.ANY, Duration.ofSeconds(8)));
    }

    private static void run(Place place, Fault fault) throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            String name = (place + "-" + fault.harm() + "-" + round).toLowerCase(Locale.ROOT);
            Path folder = Round.emptied(FOLDER.resolve(name));
            Path marks = Files.createFile(folder.resolve("marks"));
            try (Ground ground = place.ground(SERVERS, folder);
                    Cluster cluster = GoAway.init(ground.config());
                    Watch watch = new Watch(cluster, folder)) {
                Running running = new Running(cluster, ground, new Random(SEED + round));
                Failover failover = new Failover(cluster, watch, marks, TASKS);
                failover.start();
                failover.awaitStarts(TASKS / 4);
                var hit = fault.begin(running);
                Round.pause(fault.lasts());
                if (!fault.lasts().isZero()) {
                    running.awaitOut(hit); // which a machine that is busy may do late
                }
                fault.end(running);
                running.awaitServers();
                System.out.println(
                        name + ": " + failover.check(hit, !fault.lasts().isZero()));
            }
        }
    }
}
