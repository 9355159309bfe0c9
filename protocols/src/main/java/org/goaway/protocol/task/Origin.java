package org.goaway.protocol.task;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.goaway.protocol.Message;
import org.goaway.protocol.task.TaskMessage.Finished;

/** A spawner, at a member that runs its tasks. */
final class Origin<T> {

    /** Envelopes of tasks that are not assigned here. */
    final Map<Long, Message> kept = new LinkedHashMap<>();

    final Map<Long, T> running = new HashMap<>();
    /** Ends that the spawner may not have heard of. */
    final Map<Long, Finished> ended = new LinkedHashMap<>();

    /** The tasks whose ends the spawner knows. */
    final Numbers over = new Numbers();

    /** This member's latest stint that it has heard of. */
    long stint;

    /** The last stint that this member has ended by itself. */
    long closed;

    /** Whether this member takes the spawner for lost. */
    boolean lost;

    /** Whether tasks wait there for this member. */
    boolean more;

    int extra;
    long toldAt;

    /** What a task ends with that is missing here; null: no memory was missing for anything of late. */
    private Message unheld;

    private long unheldAt;

    Origin(long nanos) {
        toldAt = nanos;
    }

    void unheld(Message result, long nanos) {
        unheld = result;
        unheldAt = nanos;
    }

    /** Of what has come since the spawner reminded of its tasks last. */
    Message takeUnheld(long nanos) {
        Message recent = nanos - unheldAt <= 2 * Assignments.REPEAT_NANOS ? unheld : null;
        unheld = null;
        return recent;
    }

    boolean hasSeen(long task) {
        return running.containsKey(task) || ended.containsKey(task) || over.contains(task);
    }
}
