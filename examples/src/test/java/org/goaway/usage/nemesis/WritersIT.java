package org.goaway.usage.nemesis;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.usage.nemesis.Fault.Harm;
import org.goaway.usage.nemesis.Fault.Target;
import org.goaway.usage.nemesis.Round.Place;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Members write weak and release objects without rest while some of them are killed or cut off, so that this happens in the
 * midst of multicasts and releases. Afterwards all that are left have the same, and all that was promised is there. With {@code
 * -Dgoaway.nemesis.seconds} (the profile {@code long} sets it) again and again.
 */
@Tag("process")
class WritersIT {

    private static final Path FOLDER = Path.of("target", "writers").toAbsolutePath();
    private static final long SEED = Long.getLong("goaway.nemesis.seed", System.nanoTime());
    private static final Duration SECONDS = Duration.ofSeconds(Long.getLong("goaway.nemesis.seconds", 0));
    private static final int SERVERS = 3;
    /** So long that both sides see it: heartbeats are missed for 8 s at most. */
    private static final Duration CUT = Duration.ofSeconds(9);

    private static final Duration REST = Duration.ofSeconds(1);

    /** What is done while all write. */
    private interface Deed {
        void to(Running running, Writers writers) throws Exception;
    }

    @Test
    void shouldAgreeWhenWritersAreKilled() throws Exception {
        run("kill", Place.LAUNCHED, (running, writers) -> {
            writers.killed(new Fault(Harm.KILL, Target.ANY, Duration.ZERO).begin(running));
            running.awaitServers();
        });
    }

    @Test
    void shouldAgreeWhenBothSidesOfACutHaveWritten() throws Exception {
        assumeThat(Network.missing()).as("why there are no cuts here").isEmpty();
        run("cut", Place.NETWORK, (running, writers) -> {
            String victim = running.servers().get(running.random().nextInt(SERVERS));
            writers.hold(victim);
            Harm.CUT_OFF.to(victim, running);
            long end = System.nanoTime() + CUT.toNanos();
            writers.cut(victim);
            Round.pause(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            running.mend();
            running.awaitServers();
        });
    }

    private static void run(String name, Place place, Deed deed) throws Exception {
        long end = System.nanoTime() + SECONDS.toNanos();
        long seed = SEED;
        do {
            once(name, place, deed, seed++);
        } while (System.nanoTime() < end);
    }

    private static void once(String name, Place place, Deed deed, long seed) throws Exception {
        Path folder = Round.emptied(FOLDER.resolve(name));
        Path goesOn = Files.createFile(Order.goesOn(folder));
        try (Ground ground = place.ground(SERVERS, Round.emptied(FOLDER.resolve(name + "-servers")));
                Cluster cluster = GoAway.init(ground.config());
                Watch watch = new Watch(cluster, folder)) {
            Running running = new Running(cluster, ground, new Random(seed));
            Writers writers = new Writers(cluster, watch, folder, seed);
            writers.start();
            Round.pause(REST);
            deed.to(running, writers);
            Round.pause(REST);
            Files.delete(goesOn);
            System.out.println(name + " (seed " + seed + "): " + writers.check());
        }
    }
}
