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
import org.goaway.ClusterConfig;
import org.goaway.GoAway;

/**
 * One cluster under one fault, once or again and again, and clients at all members meanwhile.
 *
 * @param works what the clients at each member do
 * @param times how often the fault is done
 * @param rest how long the clients go on before the first fault and after each
 */
record Round(String name, ClusterConfig config, Set<Work> works, Fault fault, int times, Duration rest, long seed) {

    private static final Logger LOG = LogManager.getLogger(Round.class);

    /** A member that was cut off or stopped is back after its next heartbeat, merge and snapshot; this is more than that. */
    private static final Duration COMES_BACK = Duration.ofSeconds(40);

    /** A client that was told to end does so within its operation's bound; this is more than that. */
    private static final Duration ENDS = Duration.ofSeconds(25);

    /** Runs it, in a network of its own if links are to be cut. */
    Outcome run(Path folder, boolean inNetwork) throws Exception {
        if (!inNetwork) {
            return run(folder, null);
        }
        try (Network network = Network.of(config.localServers(), emptied(folder.resolve(name + "-network")))) {
            return run(folder, network);
        }
    }

    private Outcome run(Path folder, Network network) throws Exception {
        Path journals = emptied(folder.resolve(name));
        LOG.info("nemesis: round {} with seed {}", name, seed);
        List<Outcome.Struck> struck = new ArrayList<>();
        List<String> hanging;
        long ended;
        Files.createFile(Order.goesOn(journals));
        try (Cluster cluster = GoAway.init(network == null ? config : network.in(config))) {
            Running running = new Running(cluster, network);
            Clients clients = new Clients(this, journals);
            clients.start(cluster);
            Random random = new Random(seed);
            pause(rest);
            for (int i = 0; i < times; i++) {
                long at = System.nanoTime();
                struck.add(new Outcome.Struck(fault.toString(), fault.begin(running, random), at));
                pause(fault.lasts());
                fault.end(running);
                cluster.awaitMembers(running.servers().size() + 1, COMES_BACK);
                clients.startAgain(cluster);
                pause(rest);
            }
            ended = System.nanoTime();
            Files.delete(Order.goesOn(journals));
            hanging = clients.end(ENDS, Outcome.Struck.servers(struck));
        }
        return new Outcome(this, Recorded.in(journals), struck, ended, hanging);
    }

    private static Path emptied(Path folder) throws IOException {
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
