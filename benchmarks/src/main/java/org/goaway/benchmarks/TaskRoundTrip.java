package org.goaway.benchmarks;

import java.net.ServerSocket;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.RemoteTask;

/**
 * The round trip of an empty task to a server process beside a blocking socket's between the same two processes, one after
 * the other in turn; and its parts. The clock of {@link System#nanoTime} is one for all processes of a Linux machine, so a
 * task that returns the time of its first line tells the way there from the way back.
 */
public final class TaskRoundTrip {

    private static final int WARM_UP = 5_000;

    private final long[] socket;
    private final long[] handOver;
    private final long[] empty;
    private final long[] submit;
    private final long[] there;
    private final long[] back;

    private TaskRoundTrip(int count) {
        socket = new long[count];
        handOver = new long[count];
        empty = new long[count];
        submit = new long[count];
        there = new long[count];
        back = new long[count];
    }

    /** Takes the number of round trips (10000). */
    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        ClusterConfig config =
                ClusterConfig.builder().localServers(1).spawnerTasks(false).build();
        try (Cluster cluster = GoAway.init(config);
                ServerSocket server = PingPong.listen();
                HandOver threads = new HandOver()) {
            RemoteTask<Void> echo = cluster.run(PingPong::echo, server.getLocalPort());
            try (PingPong sockets = PingPong.accept(server)) {
                new TaskRoundTrip(Math.min(count, WARM_UP)).measure(cluster, sockets, threads);
                TaskRoundTrip measured = new TaskRoundTrip(count);
                measured.measure(cluster, sockets, threads);
                measured.print();
            }
            echo.join();
        }
    }

    private void measure(Cluster cluster, PingPong sockets, HandOver threads) throws Exception {
        for (int i = 0; i < socket.length; i++) {
            long began = System.nanoTime();
            sockets.ping();
            long pinged = System.nanoTime();
            threads.thereAndBack();
            long handed = System.nanoTime();
            cluster.run(TaskRoundTrip::nothing).join();
            long ran = System.nanoTime();
            socket[i] = pinged - began;
            handOver[i] = (handed - pinged) / 2;
            empty[i] = ran - handed;
            takeApart(cluster, i);
        }
    }

    private void takeApart(Cluster cluster, int i) {
        long began = System.nanoTime();
        RemoteTask<Long> task = cluster.call(System::nanoTime);
        long submitted = System.nanoTime();
        long atServer = task.join();
        long joined = System.nanoTime();
        submit[i] = submitted - began;
        there[i] = atServer - began;
        back[i] = joined - atServer;
    }

    static void nothing() {}

    private void print() {
        System.out.println("| | median us | p99 us |");
        System.out.println("|---|---|---|");
        print("socket, there and back", socket);
        print("empty task, there and back", empty);
        print("the call returns (encoded, handed to the loop)", submit);
        print("from the call to the task's first line", there);
        print("from the task's first line to join's return", back);
        print("handing over to a thread that waits, once", handOver);
        double rest = median(empty) - median(socket) - median(submit);
        System.out.printf("%nratio of the medians, empty task to socket: %.2f%n", median(empty) / median(socket));
        System.out.printf(
                "an empty task is %.1f us: %.1f us of wire (the socket's round trip), %.1f us to encode and submit, and"
                        + " %.1f us for both loops, the task's thread, the answer and the joining thread%n",
                median(empty), median(socket), median(submit), rest);
    }

    private static void print(String name, long[] nanos) {
        double[] quantiles = Load.quantiles(nanos);
        System.out.printf("| %s | %.1f | %.1f |%n", name, quantiles[0], quantiles[1]);
    }

    private static double median(long[] nanos) {
        return Load.quantiles(nanos)[0];
    }
}
