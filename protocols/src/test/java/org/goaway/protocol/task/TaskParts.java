package org.goaway.protocol.task;

import org.goaway.protocol.MemberId;

/** What a simulated member is made of; a mutant puts another part in its place. */
class TaskParts {

    Assignments assignments(MemberId self, SpawnerPort port, long nanos) {
        return new Assignments(self, port, nanos);
    }

    Admissions<TaskRun> admissions(MemberId self, RunnerPort<TaskRun> port, long nanos) {
        return new Admissions<>(self, port, nanos);
    }

    /** {@link SpawnerPort#kind} */
    int kind(int bytes) {
        return Job.kind(bytes);
    }

    /** Whether a member tells that tasks which wait leave room. */
    boolean tellsRoom() {
        return true;
    }
}
