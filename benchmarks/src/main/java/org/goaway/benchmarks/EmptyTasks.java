package org.goaway.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.goaway.Cluster;
import org.goaway.RemoteTask;

/** Tasks that do next to nothing; a class of their own, since all that it names is shipped to the servers. */
final class EmptyTasks {

    private EmptyTasks() {}

    /** Starts so many, and returns when all have ended. */
    static void burst(Cluster cluster, int count) {
        List<RemoteTask<Void>> tasks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tasks.add(start(cluster));
        }
        tasks.forEach(RemoteTask::join);
    }

    /** Starts one. */
    static RemoteTask<Void> start(Cluster cluster) {
        return cluster.run(EmptyTasks::nothing);
    }

    /** Starts one that returns what time its member has. */
    static RemoteTask<Long> now(Cluster cluster) {
        return cluster.call(System::nanoTime);
    }

    /** Starts the other side of a ping-pong. */
    static RemoteTask<Void> echo(Cluster cluster, int port) {
        return cluster.run(PingPong::echo, port);
    }

    private static void nothing() {}
}
