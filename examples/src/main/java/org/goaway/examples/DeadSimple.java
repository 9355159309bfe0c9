package org.goaway.examples;

import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.Member;
import org.goaway.TaskOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One function, one other machine, one result. */
@Command(name = "dead-simple", description = "Runs one function on another process and prints its result.")
public final class DeadSimple implements Runnable {

    @Mixin
    private ClusterOptions options;

    static String greet(String whom) {
        return "Hello " + whom + ", from " + GoAway.current().self().name();
    }

    @Override
    public void run() {
        try (Cluster cluster = options.start()) {
            Member other = cluster.members().stream()
                    .filter(member -> !member.isSelf())
                    .findFirst()
                    .orElseThrow();
            TaskOptions there = TaskOptions.builder().on(other).build();
            System.out.println(cluster.goaway(there, DeadSimple::greet, "world").join());
        }
    }

    public static void main(String[] args) {
        ClusterOptions.run(new DeadSimple(), args);
    }
}
