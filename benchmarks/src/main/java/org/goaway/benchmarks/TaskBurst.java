package org.goaway.benchmarks;

import java.util.List;
import java.util.stream.Stream;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.internal.cluster.BareBurst;

/**
 * A burst of empty tasks to two server processes, all started before the first is waited for, beside as many messages of the
 * same size over bare JGroups between three processes on the same stack, each sent to both others and answered by one. The
 * measurements take turns; the first rounds are not counted, since the compilers still work then.
 */
public final class TaskBurst {

    private static final int WARM_UP = 40;

    private TaskBurst() {}

    /** Takes the number of rounds (15) and of tasks in each (10000). */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
        int tasks = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
        ClusterConfig config =
                ClusterConfig.builder().localServers(2).spawnerTasks(false).build();
        try (Cluster cluster = GoAway.init(config);
                BareBurst bare = new BareBurst("bare-0", 0);
                ChildJava one =
                        new ChildJava(BareMember.class.getName(), "burst", "bare-1", Integer.toString(bare.port()));
                ChildJava two =
                        new ChildJava(BareMember.class.getName(), "burst", "bare-2", Integer.toString(bare.port()))) {
            one.answer();
            two.answer();
            bare.awaitMembers(3);
            ProcessorTime goAwayTime = new ProcessorTime(Stream.concat(
                            Stream.of(ProcessHandle.current()),
                            ProcessHandle.current()
                                    .children()
                                    .filter(child -> !child.equals(one.handle()) && !child.equals(two.handle())))
                    .toList());
            ProcessorTime bareTime = new ProcessorTime(List.of(ProcessHandle.current(), one.handle(), two.handle()));
            Figures figures = new Figures();
            Figures warmUp = new Figures();
            for (int i = 0; i < WARM_UP + rounds; i++) {
                Figures into = i < WARM_UP ? warmUp : figures;
                measure("GoAway", tasks, () -> EmptyTasks.burst(cluster, tasks), goAwayTime, into);
                measure("bare", tasks, () -> bare.burst(tasks), bareTime, into);
            }
            print(figures);
        }
    }

    private interface Burst {
        void run() throws Exception;
    }

    private static void measure(String name, int tasks, Burst burst, ProcessorTime time, Figures into)
            throws Exception {
        double before = time.micros();
        long began = System.nanoTime();
        burst.run();
        into.add(name + " rate", tasks * 1e9 / (System.nanoTime() - began));
        into.add(name + " us", (time.micros() - before) / tasks);
    }

    private static void print(Figures figures) {
        System.out.println("| | a second | us of processor time each |");
        System.out.println("|---|---|---|");
        for (String name : List.of("GoAway", "bare")) {
            System.out.printf(
                    "| %s | %.0f | %.1f |%n",
                    name.equals("GoAway") ? "empty tasks" : "messages of the same size over bare JGroups, answered",
                    figures.median(name + " rate"),
                    figures.median(name + " us"));
        }
        System.out.printf("%nratio of the rates: %s%n", figures.ratio("GoAway rate", "bare rate"));
    }
}
