package org.goaway.internal.task;

import java.util.List;
import java.util.Objects;
import org.goaway.internal.code.CodeVersion;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/** What spawners and the members that run their tasks tell each other. All rely on the order per sender. */
public sealed interface TaskMessage extends Message {

    /**
     * A task, from its spawner. A member that is not its target keeps it until it is {@link Done}.
     *
     * @param code the application whose classes it needs
     * @param work the encoded function and arguments
     * @param target the member that is to run it
     * @param attempt 1 the first time
     * @param timeoutNanos how long it may run; 0: without bound
     * @param virtual whether it asks for a virtual thread
     */
    @SuppressWarnings("ArrayRecordComponent") // sent, never compared
    record Envelope(
            TaskId id,
            CodeVersion code,
            Shape shape,
            byte[] work,
            MemberId target,
            int attempt,
            String name,
            long timeoutNanos,
            boolean virtual)
            implements TaskMessage {

        public Envelope {
            Objects.requireNonNull(id);
            Objects.requireNonNull(code);
            Objects.requireNonNull(target);
        }
    }

    /** These tasks of the receiver run. Told by the tick, since it only informs: tasks that end before are not named. */
    record Started(List<Long> tasks) implements TaskMessage {

        public Started {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * A task of the receiver has ended.
     *
     * @param result the encoded result; null unless it {@link Ending#RETURNED}
     * @param failure what it threw; null unless it {@link Ending#THREW} or its {@link Ending#TIME_WAS_UP}
     */
    @SuppressWarnings("ArrayRecordComponent") // sent, never compared
    record Finished(long task, int attempt, Ending ending, byte[] result, Failure failure) implements TaskMessage {}

    /** How a task ended at the member that ran it. */
    enum Ending {
        RETURNED,
        THREW,
        TIME_WAS_UP,
        /** It was taken out of the queue before it started. */
        NEVER_STARTED,
        /** Its member was out of the cluster meanwhile, or takes the spawner for one that was. */
        MEMBER_WAS_OUT
    }

    /** The spawner cancelled a task; {@code interrupt} tells whether its thread is interrupted. */
    record Cancel(long task, boolean interrupt) implements TaskMessage {}

    /** The results of these tasks of the sender are known: their envelopes are needed no more. */
    record Done(List<Long> tasks) implements TaskMessage {

        public Done {
            tasks = List.copyOf(tasks);
        }
    }

    /** A task of the receiver has waited for long inside a call of GoAway. */
    record Blocked(long task, String reason) implements TaskMessage {}

    /** Asks the member that runs a task of the sender what the task does. */
    record Explain(long task) implements TaskMessage {}

    /** Answers {@link Explain}. */
    record Explained(String text) implements TaskMessage {}
}
