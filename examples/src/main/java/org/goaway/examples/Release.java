package org.goaway.examples;

import java.util.stream.IntStream;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.UpdateOnRelease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** x goes up while y goes down: whoever acquires sees both or neither, so their sum never changes. */
@Command(name = "release", description = "Moves two numbers together under acquire and release.")
public final class Release implements Runnable {

    private static final UpdateOnRelease pair = GoAway.updateOnRelease("pair");

    @Mixin
    private ClusterOptions options;

    @Option(names = "--tasks", description = "how many tasks move them (default: ${DEFAULT-VALUE})")
    private int tasks = 20;

    static void move(int step) {
        try (var held = pair.acquire()) {
            long x = pair.get("x", 0L);
            long y = pair.get("y", 0L);
            if (x + y != 0) {
                throw new IllegalStateException("x=" + x + " y=" + y + " were not released together");
            }
            pair.set("x", x + step);
            pair.set("y", y - step);
        }
    }

    @Override
    public void run() {
        try (Cluster cluster = options.start()) {
            cluster.forEach(IntStream.rangeClosed(1, tasks).boxed().toList(), Release::move)
                    .join();
            try (var held = pair.acquire()) {
                System.out.println("x=" + pair.get("x") + " y=" + pair.get("y"));
            }
        }
    }

    public static void main(String[] args) {
        ClusterOptions.run(new Release(), args);
    }
}
