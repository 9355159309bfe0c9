package org.goaway.internal.node;

import java.util.List;
import org.goaway.internal.cluster.Host;

/**
 * How a cluster stands, as one of its members learns it by asking all of them.
 *
 * @param cluster the cluster's name
 * @param asked the name of the member that asked the others
 * @param pid its process
 */
public record ClusterReport(String cluster, String asked, long pid, List<OfMember> members) {

    public ClusterReport {
        members = List.copyOf(members);
    }

    /**
     * One member.
     *
     * @param answered whether it has answered; if not, the rest is unknown
     * @param epoch the number of the epoch it knows; 0: its cluster has not begun
     * @param leads whether it leads the log, as it sees it
     * @param leased whether it holds its lease
     * @param objects how many shared objects it has copies of
     * @param count how many tasks run or wait at it
     * @param tasks these tasks, or the first of them
     */
    public record OfMember(
            String name,
            String host,
            int port,
            boolean spawner,
            boolean answered,
            long epoch,
            boolean leads,
            boolean leased,
            int objects,
            int count,
            List<OfTask> tasks) {

        public OfMember {
            tasks = List.copyOf(tasks);
        }

        /** Where it listens, as a list of servers has it. */
        public String address() {
            return new Host(host, port).toString();
        }
    }

    /**
     * One task.
     *
     * @param spawner the name of the member that started it
     * @param running whether a thread runs it
     * @param does what it does, in one clause
     */
    public record OfTask(String name, String spawner, int attempt, boolean running, String does) {}
}
