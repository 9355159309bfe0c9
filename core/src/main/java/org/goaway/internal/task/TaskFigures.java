package org.goaway.internal.task;

import java.util.concurrent.atomic.LongAdder;
import org.goaway.TaskStatus;
import org.goaway.internal.metrics.Times;
import org.goaway.metrics.TasksMXBean;

/** What is counted of a member's tasks, and what is looked up when it is asked for. Any thread. */
final class TaskFigures implements TasksMXBean {

    /** What is not counted but is there at any time. */
    interface Present {

        int pending();

        int running();

        long longestNanos();

        int unfinished();
    }

    private static final double NANOS = 1e9;

    private final Present present;
    private final Ends here = new Ends();
    private final Ends spawned = new Ends();
    private final Times waits = new Times();
    private final Times runs = new Times();

    TaskFigures(Present present) {
        this.present = present;
    }

    /** A task starts here that came at {@code createdAt} of {@link System#nanoTime()}. */
    void started(long createdAt, long now) {
        waits.add(now - createdAt);
    }

    /** A task that has started here has ended. */
    void ended(TaskStatus how, long nanos) {
        runs.add(nanos);
        here.count(how);
    }

    /** A task that has not started here never will. */
    void dropped() {
        here.count(TaskStatus.CANCELLED);
    }

    /** A task that was to start here could not. */
    void notStarted() {
        here.count(TaskStatus.FAILED);
    }

    /** A task that was started by a program here has ended. */
    void spawnedEnded(TaskStatus how) {
        spawned.count(how);
    }

    @Override
    public int getPending() {
        return present.pending();
    }

    @Override
    public int getRunning() {
        return present.running();
    }

    @Override
    public double getLongestRunningSeconds() {
        return present.longestNanos() / NANOS;
    }

    @Override
    public long getDone() {
        return here.done.sum();
    }

    @Override
    public long getFailed() {
        return here.failed.sum();
    }

    @Override
    public long getCancelled() {
        return here.cancelled.sum();
    }

    @Override
    public long getStarted() {
        return waits.count();
    }

    @Override
    public double getWaitSeconds() {
        return waits.seconds();
    }

    @Override
    public long getEnded() {
        return runs.count();
    }

    @Override
    public double getRunSeconds() {
        return runs.seconds();
    }

    @Override
    public int getSpawnedUnfinished() {
        return present.unfinished();
    }

    @Override
    public long getSpawnedDone() {
        return spawned.done.sum();
    }

    @Override
    public long getSpawnedFailed() {
        return spawned.failed.sum();
    }

    @Override
    public long getSpawnedCancelled() {
        return spawned.cancelled.sum();
    }

    /** How tasks have ended. */
    private static final class Ends {
        private final LongAdder done = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final LongAdder cancelled = new LongAdder();

        private void count(TaskStatus how) {
            switch (how) {
                case DONE -> done.increment();
                case FAILED -> failed.increment();
                case CANCELLED -> cancelled.increment();
                case PENDING, RUNNING -> throw new IllegalArgumentException("no end: " + how);
            }
        }
    }
}
