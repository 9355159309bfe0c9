package org.goaway.examples;

import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.LinFastRead;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads are local, writes lock the field on all members: what both cost on average, on every member. */
@Command(name = "fast-read", description = "Times reads and writes of a LinFastRead object.")
public final class FastRead implements Runnable {

    private static final LinFastRead shared = GoAway.linFastRead("timed");

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions options;

    @Option(names = "--reads", description = "reads by each member (default: ${DEFAULT-VALUE})")
    private int reads = 1_000_000;

    @Option(names = "--writes", description = "writes by each member (default: ${DEFAULT-VALUE})")
    private int writes = 500;

    static String time(int reads, int writes) {
        LinFastRead object = GoAway.current().linFastRead("timed");
        long start = System.nanoTime();
        for (int i = 0; i < writes; i++) {
            object.set("x", (long) i);
        }
        long written = System.nanoTime();
        long sum = 0;
        for (int i = 0; i < reads; i++) {
            sum += object.get("x", Long.class);
        }
        long end = System.nanoTime();
        return String.format(
                "%s: write %.1f us, read %.1f ns (sum %d)",
                GoAway.current().self().name(), (written - start) / 1e3 / writes, (end - written) / 1.0 / reads, sum);
    }

    @Override
    public void run() {
        if (reads < 1 || writes < 1) {
            throw new ParameterException(spec.commandLine(), "--reads and --writes must be at least 1");
        }
        try (Cluster cluster = options.start()) {
            for (var member : cluster.members()) {
                var there = org.goaway.TaskOptions.builder().on(member).build();
                System.out.println(
                        cluster.call(there, FastRead::time, reads, writes).join());
            }
            System.out.println("x = " + shared.get("x"));
        }
    }

    public static void main(String[] args) {
        ClusterOptions.run(new FastRead(), args);
    }
}
