package org.goaway.metrics;

/** The tasks that a member runs, and those that programs have started at it. {@code type=Tasks}. */
public interface TasksMXBean {

    /** How many tasks wait here for a slot. Those that wait at their spawner for some member are among its unfinished ones. */
    int getPending();

    /** How many tasks have a thread here, those that wait inside a call of GoAway included. */
    int getRunning();

    /** For how long the oldest of them has been running, in seconds; 0 if none runs. */
    double getLongestRunningSeconds();

    /** How many tasks have returned here. */
    long getDone();

    /** How many tasks have thrown here, or run out of their time. */
    long getFailed();

    /** How many tasks were called off here, before they started or by an interrupt: cancelled, or run elsewhere instead. */
    long getCancelled();

    /** How many tasks have started here. */
    long getStarted();

    /** How long those waited here for their start, in seconds in all. */
    double getWaitSeconds();

    /** How many tasks that have started here have ended, however they did. */
    long getEnded();

    /** How long those ran, in seconds in all. */
    double getRunSeconds();

    /** How many tasks that were started at this member have not ended, wherever they run or wait; a cancelled one has. */
    int getSpawnedUnfinished();

    /** How many tasks that were started at this member have returned. */
    long getSpawnedDone();

    /** How many tasks that were started at this member have failed: by themselves, for want of time, or with their member. */
    long getSpawnedFailed();

    /** How many tasks that were started at this member have been cancelled. */
    long getSpawnedCancelled();
}
