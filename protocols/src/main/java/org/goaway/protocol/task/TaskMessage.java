package org.goaway.protocol.task;

import java.util.List;
import java.util.Objects;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/**
 * What spawners and the members that run their tasks tell each other. A task is named by its spawner, which is the sender or
 * the receiver, and a number that the spawner never uses again; an assignment by task and stint.
 */
public sealed interface TaskMessage extends Message {

    /**
     * From the spawner: what a task is. Who is not its target keeps it until the task is {@link Done}.
     *
     * @param content what is to be run
     * @param target the member that may start it; null: nobody may yet
     * @param attempt 1 the first time
     * @param stint the target's
     */
    record Envelope(long task, Message content, MemberId target, int attempt, long stint) implements TaskMessage {

        public Envelope {
            Objects.requireNonNull(content);
        }
    }

    /**
     * From the spawner: the receiver may start these tasks, whose envelopes it has. Repeated until their ends are known.
     *
     * @param bytes how large each one's content is, for a receiver that lacks it; empty: they have just been assigned
     * @param more whether others wait for the receiver, which then tells its {@link Room}
     */
    record Assign(long stint, int attempt, List<Long> tasks, List<Integer> bytes, boolean more) implements TaskMessage {

        public Assign {
            tasks = List.copyOf(tasks);
            bytes = List.copyOf(bytes);
            if (!bytes.isEmpty() && bytes.size() != tasks.size()) {
                throw new IllegalArgumentException(bytes.size() + " sizes of " + tasks.size() + " tasks");
            }
        }

        Assign(long stint, int attempt, List<Long> tasks, boolean more) {
            this(stint, attempt, tasks, List.of(), more);
        }
    }

    /** To the spawner: the envelopes of these assigned tasks have not come. */
    record Missing(long stint, List<Long> tasks) implements TaskMessage {

        public Missing {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * To the spawner: how many more of its tasks than there are slots can run here, since so many of those that run wait.
     * Also the answer to an {@link Assign} that names no task and needs no other answer.
     */
    record Room(long stint, int extra) implements TaskMessage {}

    /** To the spawner: this member took it for lost and has ended this stint. */
    record Out(long stint) implements TaskMessage {}

    /**
     * To the spawner: how a task ended. Kept by the sender until it is {@link Done}.
     *
     * @param result null: it never started, and will not
     * @param leaving whether its member is leaving, and starts none any more
     */
    record Finished(long task, long stint, Message result, boolean leaving) implements TaskMessage {

        static Finished neverStarted(long task, long stint) {
            return new Finished(task, stint, null, false);
        }
    }

    /**
     * From the spawner: nobody waits for the task. Repeated until its end is known; one that has not ended when an interrupt is
     * repeated takes no slot any more.
     */
    record Cancel(long stint, long task, boolean interrupt) implements TaskMessage {}

    /**
     * From the spawner: the ends of these tasks are known, and those of all before {@code lowest}.
     */
    record Done(List<Long> tasks, long lowest) implements TaskMessage {

        public Done {
            tasks = List.copyOf(tasks);
        }
    }
}
