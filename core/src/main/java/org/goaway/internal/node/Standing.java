package org.goaway.internal.node;

import java.util.List;
import org.goaway.internal.task.TaskReport;
import org.goaway.protocol.Message;

/**
 * What a member says of itself to another one that asks how the cluster stands.
 *
 * @param epoch the number of the epoch it knows; 0: its cluster has not begun
 * @param leads whether it leads the log, as it sees it
 * @param leased whether it holds its lease
 * @param objects how many shared objects it has copies of
 * @param count how many tasks run or wait at it
 * @param tasks these tasks, or the first of them
 */
record Standing(long epoch, boolean leads, boolean leased, int objects, int count, List<TaskReport> tasks)
        implements Message {

    Standing {
        tasks = List.copyOf(tasks);
    }

    /** Asks for it. */
    record Ask() implements Message {}
}
