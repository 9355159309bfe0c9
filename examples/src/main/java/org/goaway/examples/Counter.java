package org.goaway.examples;

import static org.goaway.GoAway.goaway;

import java.util.ArrayList;
import java.util.List;
import org.goaway.Cluster;
import org.goaway.ClusterLock;
import org.goaway.GoAway;
import org.goaway.RemoteTask;
import org.goaway.StrictCentralized;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ten tasks on the servers count under a lock: the first program of the README. */
@Command(name = "counter", description = "Ten tasks count under a lock.")
public final class Counter implements Runnable {

    // Handles are cheap and lazy: they may be made before init(), in static fields, on any machine.
    private static final ClusterLock lock = GoAway.lock("lock");
    private static final StrictCentralized s = GoAway.strictCentralized("s");

    @Mixin
    private ClusterOptions options;

    static void increase(long value) {
        try (var held = lock.hold()) {
            s.set("counter", s.get("counter", 0L) + value);
        }
    }

    /** Prints 10. */
    @Override
    public void run() {
        try (Cluster cluster = options.start()) {
            List<RemoteTask<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                tasks.add(goaway(Counter::increase, 1L));
            }
            tasks.forEach(RemoteTask::join);
            System.out.println(s.get("counter", 0L));
        }
    }

    public static void main(String[] args) {
        ClusterOptions.run(new Counter(), args);
    }
}
