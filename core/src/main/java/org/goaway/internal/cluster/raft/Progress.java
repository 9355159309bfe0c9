package org.goaway.internal.cluster.raft;

/** How far one follower or learner is, as its leader knows. One writer: Raft's thread. */
final class Progress {

    /** Its log is the leader's up to here. */
    long match;

    /**
     * The entry from which on it gets what it lacks. 0: it has not answered in this term and may have all, so it gets no entry,
     * but the question whether it has the last one.
     */
    long next;

    /** It has applied up to here. */
    long committed;

    /** When it last answered anything. */
    long heardAt;

    /** When {@link #match} last rose, or something was last sent. */
    long movedAt;

    /** Whether it gets what it lacks batch by batch, and no new entries until then. */
    boolean repairing;

    /** The first entry of the last such batch. */
    long repairedFrom;

    /** Bytes sent to it since it last answered. */
    long unanswered;

    Progress(long now) {
        heardAt = now;
        movedAt = now;
    }
}
