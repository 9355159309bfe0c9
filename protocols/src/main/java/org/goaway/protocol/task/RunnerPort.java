package org.goaway.protocol.task;

import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.task.TaskMessage.Finished;

/**
 * How {@link Admissions} run tasks and reach spawners. None of these blocks or calls back.
 *
 * @param <T> a task that may run
 */
public interface RunnerPort<T> {

    /** Sends to a spawner, maybe oneself; what gets lost is repeated. */
    void send(MemberId to, TaskMessage message);

    /** Tells an end once more, of which the spawner does not know yet: the first message may be on its way still. */
    void tellAgain(MemberId spawner, Finished end);

    /** Lets a task start when there is a slot for it. */
    T start(MemberId spawner, long number, int attempt, long stint, Message content);

    /**
     * Lets a task not start if it has not, and interrupts it if it has and {@code interrupt} is set; if it was interrupted
     * before, it takes no slot any more.
     */
    void cancel(T task, boolean interrupt);

    /** Like {@link #cancel}, with interrupt; what it prints and how it ends is told to nobody any more. */
    void supersede(T task);
}
