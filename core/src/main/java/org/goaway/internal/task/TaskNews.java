package org.goaway.internal.task;

import java.util.List;
import org.goaway.protocol.Message;

/** What spawners and the members that run their tasks tell each other beside the protocol; it only informs. */
public sealed interface TaskNews extends Message {

    /** These tasks of the receiver run. Told by the tick: tasks that end before are not named. */
    record Started(int attempt, List<Long> tasks) implements TaskNews {

        public Started {
            tasks = List.copyOf(tasks);
        }
    }

    /** A task of the receiver has waited for long inside a call of GoAway. */
    record Blocked(long task, int attempt, String reason) implements TaskNews {}

    /** Something of so many bytes that the receiver has sent was too large for the sender's memory: a result, maybe. */
    record Unheld(int bytes) implements TaskNews {}

    /** Asks the member that runs a task of the sender what the task does. */
    record Explain(long task) implements TaskNews {}

    /** Answers {@link Explain}. */
    record Explained(String text) implements TaskNews {}
}
