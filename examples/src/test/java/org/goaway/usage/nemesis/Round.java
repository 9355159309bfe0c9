package org.goaway.usage.nemesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.goaway.Cluster;
import org.goaway.GoAway;

/**
 * One cluster under one fault after the other, and clients at all members meanwhile.
 *
 * @param works what the clients at each member do
 * @param rest how long the clients go on before the first fault and after each
 */
record Round(String name, Place place, int servers, Set<Work> works, List<Fault> faults, Duration rest, long seed) {

    private static final Logger LOG = LogManager.getLogger(Round.class);

    /** Where the servers run. */
    enum Place {
        /** Started by the program. */
        LAUNCHED {
            @Override
            Ground ground(int servers, Path folder) {
                return Ground.launched(servers);
            }
        },
        /** Started by the program, each in a network namespace of its own. */
        NETWORK {
            @Override
            Ground ground(int servers, Path folder) throws IOException {
                return Network.of(servers, folder);
            }
        },
        /** Started by hand, each on a machine of its own, with a key. */
        KEYED {
            @Override
            Ground ground(int servers, Path folder) {
                return Keyed.of(servers, folder);
            }
        },
        /** Started by hand. */
        STANDING {
            @Override
            Ground ground(int servers, Path folder) {
                return Standing.of(servers, folder);
            }
        };

        /** Makes it; what it needs is kept in {@code folder}. */
        abstract Ground ground(int servers, Path folder) throws IOException;
    }

    Outcome run(Path folder) throws Exception {
        Path journals = emptied(folder.resolve(name));
        LOG.info("nemesis: round {} with seed {}", name, seed);
        List<Outcome.Struck> struck = new ArrayList<>();
        List<String> hanging;
        StoodStill stood;
        long ended;
        Files.createFile(Order.goesOn(journals));
        try (Ground ground = place.ground(servers, emptied(folder.resolve(name + "-servers")));
                Cluster cluster = GoAway.init(ground.config());
                Watch watch = new Watch(cluster, journals)) {
            Running running = new Running(cluster, ground, new Random(seed));
            Clients clients = new Clients(this, journals);
            clients.start(cluster);
            pause(rest);
            for (Fault fault : faults) {
                long before = System.nanoTime();
                Set<String> hit = fault.begin(running);
                struck.add(new Outcome.Struck(
                        fault.toString(), fault.harm().goesOnWithin(), hit, before, System.nanoTime()));
                pause(fault.lasts());
                fault.end(running);
                running.awaitServers();
                watch.begin();
                clients.startAgain(cluster);
                pause(rest);
            }
            ended = System.nanoTime();
            Files.delete(Order.goesOn(journals));
            hanging = clients.end(Outcome.Struck.servers(struck), watch);
            stood = watch.seen();
        }
        if (!stood.isEmpty()) {
            System.out.println(name + " " + stood);
        }
        return new Outcome(this, Recorded.in(journals), struck, ended, hanging, stood);
    }

    /** Makes the folder, or empties it. */
    static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(folder);
    }

    static void pause(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }
}
