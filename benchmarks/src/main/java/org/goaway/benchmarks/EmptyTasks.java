package org.goaway.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.goaway.Cluster;
import org.goaway.RemoteTask;

/** Tasks that do nothing; a class of their own, since all that it names is shipped to the servers. */
final class EmptyTasks {

    private EmptyTasks() {}

    /** Starts so many, and returns when all have ended. */
    static void burst(Cluster cluster, int count) {
        List<RemoteTask<Void>> tasks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tasks.add(cluster.run(EmptyTasks::nothing));
        }
        tasks.forEach(RemoteTask::join);
    }

    static void nothing() {}
}
