package org.goaway.protocol.task;

import org.goaway.protocol.MemberId;

/** An attempt at a job where it runs. */
final class TaskRun {

    enum State {
        QUEUED,
        RUNNING,
        WAITING,
        OVER
    }

    final MemberId spawner;
    final long number;
    final int attempt;
    final long stint;
    final Job job;
    State state = State.QUEUED;
    boolean interrupted;

    TaskRun(MemberId spawner, long number, int attempt, long stint, Job job) {
        this.spawner = spawner;
        this.number = number;
        this.attempt = attempt;
        this.stint = stint;
        this.job = job;
    }
}
