package org.goaway.protocol.task;

import org.goaway.protocol.MemberId;
import org.goaway.protocol.task.TaskMessage.Done;
import org.goaway.protocol.task.TaskMessage.Envelope;

/** How {@link Assignments} reach members. None of these blocks or calls back; what gets lost is repeated. */
public interface SpawnerPort {

    /** Sends to one member, maybe oneself. */
    void send(MemberId to, TaskMessage message);

    /** Sends an envelope of {@code task} to its target, if it has one, and with {@code all} to all other members, too. */
    void post(long task, Envelope envelope, boolean all);

    /** Sends an envelope once more to its target, which has not got it yet: the first one may be on its way still. */
    void repost(Envelope envelope);

    /** Sends to all members, oneself included. */
    void tellAll(Done message);

    /**
     * Which of the envelopes with a content of so many bytes wait to leave for a member one behind the other; those of 0 never have
     * to, and one kind does not wait for another.
     */
    int kind(int bytes);

    /** Whether so much waits to leave for a member that an envelope with a content of so many bytes had better wait. */
    boolean isBehind(MemberId member, int bytes);

    /** How many tasks a member runs at a time; 0: it cannot be reached now. */
    int slots(MemberId member);
}
