package org.goaway.internal.task;

import org.goaway.protocol.MemberId;

/**
 * The cluster-wide identity of a task.
 *
 * @param spawner the member that started it
 * @param number counts that member's tasks from 1
 */
record TaskId(MemberId spawner, long number) {

    @Override
    public String toString() {
        return spawner + "-" + number;
    }
}
