package org.goaway.internal.task;

import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/**
 * The cluster-wide identity of a task.
 *
 * @param spawner the member that started it
 * @param number counts that member's tasks from 1
 */
public record TaskId(MemberId spawner, long number) implements Message {

    @Override
    public String toString() {
        return spawner + "-" + number;
    }
}
