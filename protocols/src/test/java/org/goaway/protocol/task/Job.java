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

    private static final int LARGE = 100;

    /** Whether its envelope goes to all. */
    boolean isShared() {
        return bound == null && id % 4 != 0;
    }

    /** Those that are not shared are of two kinds and of several sizes. */
    int bytes() {
        return isShared() ? 1 : LARGE + (int) (id % 7 * LARGE / 4);
    }

    int kind() {
        return kind(bytes());
    }

    static int kind(int bytes) {
        return bytes / LARGE;
    }

    /** Whether what is so large cannot leave; each size can now and then, the larger the less often. */
    static boolean isBehind(int bytes, long time) {
        return kind(bytes) > 0 && bytes % LARGE >= time % 5 * LARGE / 4;
    }

    /** What it returns. */
    record Answer(long job, int attempt) implements Message {}

    @Override
    public String toString() {
        return "job " + id + " of " + spawner + (bound == null ? "" : " on " + bound)
                + (retries == 0 ? "" : " retries " + retries) + (child == null ? "" : " with " + child);
    }
}
