package org.goaway.protocol.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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

    /** What has come since the spawner reminded of its tasks last, and was too large for the memory. */
    private final List<Unheld> unheld = new ArrayList<>();

    Origin(long nanos) {
        toldAt = nanos;
    }

    void unheld(int bytes, Message result, long nanos) {
        unheld.removeIf(past -> !past.isRecent(nanos));
        unheld.add(new Unheld(bytes, result, nanos));
    }

    /**
     * What the task is to end with whose envelope has so large a content and was too large for the memory; null: none of that
     * size was. It takes all messages of that very size with it: they may be copies of the same envelope, and another task's
     * is sent again.
     */
    Message takeUnheld(int content, long nanos) {
        unheld.removeIf(past -> !past.isRecent(nanos));
        for (Unheld each : unheld) {
            if (each.mayHaveCarried(content)) {
                unheld.removeIf(other -> other.bytes == each.bytes);
                return each.result;
            }
        }
        return null;
    }

    boolean hasSeen(long task) {
        return running.containsKey(task) || ended.containsKey(task) || over.contains(task);
    }

    /** A message of so many bytes that the memory could not hold, and what its task ends with. */
    private record Unheld(int bytes, Message result, long at) {

        /** So much an envelope carries beside its content. */
        private static final int HEAD = 256;

        boolean mayHaveCarried(int content) {
            return content <= bytes && bytes - content <= HEAD;
        }

        boolean isRecent(long nanos) {
            return nanos - at <= 2 * Assignments.REPEAT_NANOS;
        }
    }
}
