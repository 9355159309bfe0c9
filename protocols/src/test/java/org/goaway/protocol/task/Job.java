package org.goaway.protocol.task;

import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/**
 * What a simulated task does.
 *
 * @param id unique in the run
 * @param spawner who starts it
 * @param millis how long it runs
 * @param child what it starts and waits for before that; null: nothing
 * @param bound the member it is bound to; null: none
 */
record Job(long id, MemberId spawner, int millis, Job child, MemberId bound, int retries, boolean unlimited)
        implements Message {

    /** What it returns. */
    record Answer(long job, int attempt) implements Message {}

    @Override
    public String toString() {
        return "job " + id + " of " + spawner + (bound == null ? "" : " on " + bound)
                + (retries == 0 ? "" : " retries " + retries) + (child == null ? "" : " with " + child);
    }
}
