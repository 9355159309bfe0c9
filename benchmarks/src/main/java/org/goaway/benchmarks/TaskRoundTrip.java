package org.goaway.benchmarks;

import java.net.ServerSocket;
import org.goaway.Cluster;
import org.goaway.ClusterConfig;
import org.goaway.GoAway;
import org.goaway.RemoteTask;
import org.goaway.internal.cluster.BareCall;

/**
 * The round trip of an empty task to a server process beside a blocking socket's between the same two processes and a call by
 * JGroups' RpcDispatcher to a third, in turns; and its parts. The clock of {@link System#nanoTime} is one for all processes of a Linux machine, so a
 * task that returns the time of its first line tells the way there from the way back.
 */
public final class TaskRoundTrip {

    private static final int WARM_UP = 20_000;

    /** So many of one kind, then as many of the next: each finds the caches as a program that does it again and again. */
    private static final int TURN = 200;

    private final long[] socket;
    private final long[] bare;
    private final long[] handOver;
    private final long[] empty;
    private final long[] submit;
    private final long[] there;
    private final long[] back;

    private TaskRoundTrip(int count) {
        socket = new long[count];
        bare = new long[count];
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
                BareCall calls = new BareCall("bare-0", 0);
                ChildJava called =
                        new ChildJava(BareMember.class.getName(), "call", "bare-1", Integer.toString(calls.port()));
                HandOver threads = new HandOver()) {
            called.answer();
            calls.awaitMembers(2);
            RemoteTask<Void> echo = EmptyTasks.echo(cluster, server.getLocalPort());
            try (PingPong sockets = PingPong.accept(server)) {
                new TaskRoundTrip(WARM_UP).measure(cluster, sockets, calls, threads);
                TaskRoundTrip measured = new TaskRoundTrip(count);
                measured.measure(cluster, sockets, calls, threads);
                measured.print();
            }
            echo.join();
        }
    }

    private void measure(Cluster cluster, PingPong sockets, BareCall calls, HandOver threads) throws Exception {
        for (int from = 0; from < socket.length; from += TURN) {
            int to = Math.min(from + TURN, socket.length);
            turn(socket, from, to, sockets::ping);
            turn(handOver, from, to, threads::thereAndBack);
            turn(bare, from, to, calls::call);
            turn(empty, from, to, () -> EmptyTasks.start(cluster).join());
            for (int i = from; i < to; i++) {
                takeApart(cluster, i);
            }
        }
    }

    private interface Way {
        void thereAndBack() throws Exception;
    }

    private static void turn(long[] nanos, int from, int to, Way way) throws Exception {
        for (int i = from; i < to; i++) {
            long began = System.nanoTime();
            way.thereAndBack();
            nanos[i] = System.nanoTime() - began;
        }
    }

    private void takeApart(Cluster cluster, int i) {
        long began = System.nanoTime();
        RemoteTask<Long> task = EmptyTasks.now(cluster);
        long submitted = System.nanoTime();
        long atServer = task.join();
        long joined = System.nanoTime();
        submit[i] = submitted - began;
        there[i] = atServer - began;
        back[i] = joined - atServer;
    }

    private void print() {
        System.out.println("| | median us | p99 us |");
        System.out.println("|---|---|---|");
        print("socket, there and back", socket);
        print("RpcDispatcher's call, there and back", bare);
        print("empty task, there and back", empty);
        print("the call returns (encoded, handed to the loop)", submit);
        print("from the call to the task's first line", there);
        print("from the task's first line to join's return", back);
        print("handing over to a thread that waits, and back", handOver);
        double rest = median(empty) - median(socket) - median(submit);
        System.out.printf(
                "%nratio of the medians, empty task to socket: %.2f; RpcDispatcher's call to socket: %.2f%n",
                median(empty) / median(socket), median(bare) / median(socket));
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
