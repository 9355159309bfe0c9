package org.goaway.examples;

import java.util.List;
import org.goaway.Cluster;
import org.goaway.GoAway;
import org.goaway.Weak;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Three tasks set one field each of a Weak object and sync: after that every member sees all three. */
@Command(name = "weak", description = "Sets fields of a Weak object on several members; sync makes them visible.")
public final class WeakSync implements Runnable {

    private static final Weak weak = GoAway.weak("abc");

    @Mixin
    private ClusterOptions options;

    static void set(String field) {
        weak.set(field, 1);
        weak.sync();
    }

    static String seen() {
        return GoAway.current().self().name() + ": a=" + weak.get("a") + " b=" + weak.get("b") + " c=" + weak.get("c");
    }

    @Override
    public void run() {
        try (Cluster cluster = options.start()) {
            cluster.forEach(List.of("a", "b", "c"), WeakSync::set).join();
            for (var member : cluster.members()) {
                System.out.println(
                        cluster.call(org.goaway.TaskOptions.builder().on(member).build(), WeakSync::seen)
                                .join());
            }
        }
    }

    public static void main(String[] args) {
        ClusterOptions.run(new WeakSync(), args);
    }
}
