package org.goaway.examples;

import java.util.stream.IntStream;
import org.goaway.Cluster;
import org.goaway.ClusterLock;
import org.goaway.GoAway;
import org.goaway.LinFastRead;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A counter that is read, increased and written back under a lock: no increase is lost. */
@Command(name = "locking", description = "Counts under a lock, from every server at once.")
public final class Locking implements Runnable {

    private static final ClusterLock lock = GoAway.lock("counter");
    private static final LinFastRead shared = GoAway.linFastRead("counter");

    @Mixin
    private ClusterOptions options;

    @Option(names = "--tasks", description = "how many tasks count (default: ${DEFAULT-VALUE})")
    private int tasks = 20;

    @Option(names = "--times", description = "how often each one counts (default: ${DEFAULT-VALUE})")
    private int times = 50;

    static void count(int times) {
        for (int i = 0; i < times; i++) {
            try (var held = lock.hold()) {
                shared.set("count", shared.get("count", 0L) + 1);
            }
        }
    }

    @Override
    public void run() {
        try (Cluster cluster = options.start()) {
            cluster.forEach(IntStream.range(0, tasks).map(task -> times).boxed().toList(), Locking::count)
                    .join();
            System.out.println(tasks + " tasks counted " + times + " times each: " + shared.get("count"));
        }
    }

    public static void main(String[] args) {
        ClusterOptions.run(new Locking(), args);
    }
}
