package org.goaway.protocol.task;

import java.util.function.Predicate;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/** A task as {@link Assignments} see it. None of these blocks or calls back. */
public interface Assignable {

    /** What its envelope carries. */
    Message content();

    /** How many bytes of a message that is, but for a few. */
    int bytes();

    /** Whether it may run at one member only. */
    boolean isBound();

    /** Whether it takes no slot, so that any number may run at a member. */
    boolean isUnlimited();

    /** Whether its envelope goes to all members at once; else only to the member that may start it. */
    boolean isShared();

    /** How often it runs again where it may have run at a member that was lost. */
    int retries();

    /** Picks one of the members that are {@code usable} and counts the task as unfinished there; null: none may run it. */
    MemberId place(Predicate<MemberId> usable);

    /** It is not counted as unfinished at {@code member} any more. */
    void leave(MemberId member);

    /** It is to run at {@code member}, where it is counted. */
    void placed(MemberId member, int attempt);

    /** It has ended; told once. */
    void ended(End end);

    /**
     * How a task ended for its spawner.
     *
     * @param member where it was assigned or was to be
     * @param result what that member told; null if it told nothing
     * @param mayHaveRun whether it may have started, there or before elsewhere
     * @param alone whether no other member may run it; false for a bound task, too
     */
    record End(MemberId member, Message result, boolean mayHaveRun, boolean alone) {}
}
