package org.goaway.usage.strangers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.StrictCentralized;
import org.goaway.TaskOptions;

/**
 * A program that counts, by itself and by tasks on servers, until a file appears; then it says how often, what the counter has,
 * and what it saw of the members meanwhile. Whatever fails ends it.
 */
public final class Workload {

    private Workload() {}

    /** Takes the configuration and the file to wait for. */
    public static void main(String[] args) {
        Path end = Path.of(args[1]);
        List<String> events = new CopyOnWriteArrayList<>();
        try (Cluster cluster = GoAway.init(Path.of(args[0]))) {
            StrictCentralized counter = cluster.strictCentralized("counter");
            TaskOptions servers = TaskOptions.builder().excludeSpawner(true).build();
            cluster.onMembership(
                    event -> events.add(event.type() + " " + event.member().name()));
            long done = count(counter, servers);
            System.out.println("counting");
            long slowest = 0;
            while (!Files.exists(end)) {
                long began = System.nanoTime();
                done += count(counter, servers);
                slowest = Math.max(slowest, System.nanoTime() - began);
            }
            System.out.printf(
                    "done %d, counted %d, members %d, events %s%n",
                    done, counter.get("n", 0L), cluster.members().size(), events);
            System.out.printf("slowest step %d ms%n", TimeUnit.NANOSECONDS.toMillis(slowest));
        }
    }

    private static long count(StrictCentralized counter, TaskOptions servers) {
        counter.addAndGet("n", 1);
        GoAway.goaway(servers, Workload::increase).join();
        return 2;
    }

    static void increase() {
        GoAway.strictCentralized("counter").addAndGet("n", 1);
    }
}
