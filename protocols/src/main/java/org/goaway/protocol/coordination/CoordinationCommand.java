package org.goaway.protocol.coordination;

import java.util.Set;
import org.goaway.protocol.Message;

/**
 * What a member asks of barriers, semaphores, latches and longs. The first command that names an object makes it; a later
 * one that gives it another size changes nothing and is answered by {@link Misuse}.
 */
public sealed interface CoordinationCommand extends Message {

    /** A command that makes a place, which may have to wait. Answered by {@link Ended} or {@link Waits}. */
    sealed interface Placing extends CoordinationCommand {

        /** The number of the place, given by the member: 1, 2, … */
        long place();
    }

    /** A party arrives at a barrier. */
    record Arrive(String barrier, int parties, long place) implements Placing {}

    /**
     * Asks for a permit.
     *
     * @param queue whether to wait for it; if not, the place ends {@link Ended.How#REFUSED} where none is free
     */
    record Acquire(String semaphore, int permits, long place, boolean queue) implements Placing {}

    /** Waits until a latch is at zero. */
    record AwaitZero(String latch, int count, long place) implements Placing {}

    /** Gives a permit back, or adds one. Answered by {@link Amount}: the free permits. */
    record Release(String semaphore, int permits) implements CoordinationCommand {}

    /** Asks for the free permits. Answered by {@link Amount}. */
    record Available(String semaphore, int permits) implements CoordinationCommand {}

    /** Counts a latch down. Answered by {@link Amount}: the count. */
    record CountDown(String latch, int count) implements CoordinationCommand {}

    /** Asks for a latch's count. Answered by {@link Amount}. */
    record Count(String latch, int count) implements CoordinationCommand {}

    /** Reads a long. Answered by {@link Amount}. */
    record Get(String number) implements CoordinationCommand {}

    /** Sets a long. Answered by {@link Amount}: before it. */
    record Put(String number, long value) implements CoordinationCommand {}

    /** Adds to a long. Answered by {@link Amount}: the sum. */
    record Add(String number, long delta) implements CoordinationCommand {}

    /** Sets a long if it is {@code expected}. Answered by {@link Amount}: before it. */
    record CompareAndSet(String number, long expected, long next) implements CoordinationCommand {}

    /**
     * Takes places back, and asks how the others stand. Answered by {@link Standings}.
     *
     * @param upTo the last number that the member has given to a place
     * @param open the places whose end the member does not know. How others up to {@code upTo} ended is forgotten
     * @param takenBack the places whose threads have given up; their commands are answered or will never be applied
     */
    record Sync(long upTo, Set<Long> open, Set<Long> takenBack) implements CoordinationCommand {}

    /** Whether applying it twice does no harm, so that its answer need not be kept. */
    default boolean repeatable() {
        return this instanceof Get || this instanceof Count || this instanceof Available;
    }
}
