package org.goaway.benchmarks;

import java.util.List;
import java.util.stream.Stream;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;

/**
 * How long {@code GoAway.local(3)}, or {@code GoAway.init} with servers on other machines over SSH, takes from the call until
 * it returns (all are members, a Raft leader, the epoch known to all) and how long its {@code close}, each time in a fresh JVM
 * as a program's user meets it. The peer is what no cluster of processes can beat: three JVMs that do nothing, started
 * together, until the last has ended.
 */
public final class StartTime {

    private static final int SERVERS = 3;

    private StartTime() {}

    /** Takes the number of rounds (7) and, for servers over SSH, their machines. */
    public static void main(String[] args) throws Exception {
        List<String> hosts = List.of(args).subList(Math.min(1, args.length), args.length);
        if (args.length > 0 && args[0].equals("once")) {
            once(hosts);
            return;
        }
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
        String start = hosts.isEmpty() ? "GoAway.local(3)" : "GoAway.init over SSH";
        Figures figures = new Figures();
        for (int round = 0; round < rounds; round++) {
            figures.add("three empty JVMs", emptyJvms());
            try (ChildJava child = new ChildJava(StartTime.class.getName(), child(hosts))) {
                String[] times = child.answer().split(" ", -1);
                figures.add(start, Double.parseDouble(times[0]));
                figures.add("close", Double.parseDouble(times[1]));
            }
        }
        System.out.printf("| median of %d | seconds | ratio to three empty JVMs |%n", rounds);
        System.out.println("|---|---|---|");
        for (String name : new String[] {"three empty JVMs", start, "close"}) {
            System.out.printf(
                    "| %s | %.3f | %s |%n", name, figures.median(name), figures.ratio(name, "three empty JVMs"));
        }
    }

    private static String[] child(List<String> hosts) {
        return Stream.concat(Stream.of("once"), hosts.stream()).toArray(String[]::new);
    }

    private static void once(List<String> hosts) {
        long began = System.nanoTime();
        Cluster cluster = hosts.isEmpty()
                ? GoAway.local(SERVERS)
                : GoAway.init(
                        ClusterConfig.builder().launch("ssh").servers(hosts).build());
        long ready = System.nanoTime();
        cluster.close();
        long closed = System.nanoTime();
        System.out.println(ChildJava.MARK + (ready - began) / 1e9 + " " + (closed - ready) / 1e9);
    }

    private static double emptyJvms() throws Exception {
        long began = System.nanoTime();
        ChildJava[] children = new ChildJava[SERVERS];
        for (int i = 0; i < SERVERS; i++) {
            children[i] = new ChildJava(Nothing.class.getName());
        }
        for (ChildJava child : children) {
            var unused = child.lines();
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /** A program that does nothing. */
    static final class Nothing {

        private Nothing() {}

        public static void main(String[] args) {}
    }
}
