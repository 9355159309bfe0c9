package org.goaway.examples;

import java.math.BigInteger;
import java.util.List;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.RemoteTask;
import org.goaway.StrictCentralized;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Functions with one, two and three arguments and a call of a library; their results in a shared object. */
@Command(name = "demo", description = "Runs functions of one, two and three arguments and a library call.")
public final class Demo implements Runnable {

    private static final StrictCentralized results = GoAway.strictCentralized("results");

    @Mixin
    private ClusterOptions options;

    static void square(long a) {
        results.set("square", a * a);
    }

    static void add(long a, long b) {
        results.set("sum", a + b);
    }

    static void volume(long a, long b, long c) {
        results.set("volume", a * b * c);
    }

    static void prime(String after) {
        results.set("prime", new BigInteger(after).nextProbablePrime());
    }

    @Override
    public void run() {
        try (Cluster cluster = options.start()) {
            List<RemoteTask<Void>> tasks = List.of(
                    cluster.run(Demo::square, 12L),
                    cluster.run(Demo::add, 3L, 4L),
                    cluster.run(Demo::volume, 2L, 3L, 7L),
                    cluster.run(Demo::prime, "1000000000000"));
            for (RemoteTask<Void> task : tasks) {
                task.join();
            }
            for (String field : List.of("square", "sum", "volume", "prime")) {
                System.out.println(field + " = " + results.get(field));
            }
        }
    }

    public static void main(String[] args) {
        ClusterOptions.run(new Demo(), args);
    }
}
