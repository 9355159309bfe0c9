package org.goaway;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * A function that was sent to a member, and the promise of its result.
 *
 * <p>It starts at most once; with {@link TaskOptions.Builder#retries retries}, once more for each time that its member was
 * lost, elsewhere if another member may run it. When its member leaves the cluster, a task that certainly has not started
 * moves to another member, unless it is bound to the one: a member is given only so many tasks to start as it has slots, and
 * a few more where tasks are short, and those with large arguments only as the network takes them; the others stay with the spawner until it has room. Its result or exception arrives after everything that it has
 * printed, and logged through log4j: both come out at the member that started it, in order, unless {@code output} is off. If that member prints nothing for 30 seconds, what the task prints beyond 256 KiB is
 * lost until it does, and a WARN at the task's member says so. Stages that depend on it run on a thread of GoAway's own for callbacks unless an executor is given: they must
 * not block for long.
 *
 * <p>How it fails is the same for all ways to ask: {@link #join()} throws the exception itself, {@code get} an
 * {@link java.util.concurrent.ExecutionException} and stages a {@link java.util.concurrent.CompletionException} with
 * that exception as cause. It is
 *
 * <ul>
 *   <li>{@link RemoteTaskException} when the function threw, its time was up, or its result cannot travel: then a {@link
 *       NotTransferableException} is the cause, and the function did run;
 *   <li>{@link MemberLeftException} when its member left the cluster and it may have started there, as often as {@code
 *       retries} allows; or when it has not started ({@code mayHaveRun()} is false, repeating is safe) and is bound to that
 *       member, or no other may run it;
 *   <li>{@link NotTransferableException} when its function and arguments could not be sent, though the call that started it was not
 *       refused, as for an item of a group: the function did not run;
 *   <li>{@link java.util.concurrent.CancellationException} after {@link #cancel};
 *   <li>{@link ClusterClosedException} when the cluster was closed first.
 * </ul>
 *
 * <p>Where stages depend on it, {@code state()}, {@code resultNow()} and {@code exceptionNow()}, which Java has since 19, may tell
 * of its end a moment later than {@link #isDone()}; otherwise they agree.
 *
 * <p>When the member that started it is lost, the task is interrupted. Safe for any thread.
 *
 * @param <R> the result; {@link Void} for code that returns nothing
 */
public interface RemoteTask<R> extends Future<R>, CompletionStage<R> {

    /** Its identity, unique in the cluster. */
    String id();

    /**
     * Where it is to run, runs, or ran last; null as long as no member was chosen: for an item of a group until a member is free for it,
     * and for good where none ever was, as for a task bound to a member that has gone.
     */
    Member member();

    /** How far it is as far as this member knows, which may be a message behind. */
    TaskStatus status();

    /**
     * Waits for the result and returns it. Inside a task, the waiting one lets another run meanwhile; a wait of more than 5
     * seconds is logged once, with what {@link #explain()} tells.
     *
     * @throws GoAwayException as the type says; also when this thread is interrupted, and then its interrupt flag is set
     *     and the task goes on
     */
    R join();

    /**
     * Gives the task up: from now on it counts as cancelled here, and its member is told so. One that has not started will
     * not. Does not wait for the remote thread. One that does not heed its interrupt within a second goes on beside its
     * member's further tasks, which do not wait for it.
     *
     * @param mayInterruptIfRunning whether the remote thread is interrupted; without it, it runs to its end unheard
     * @return false if it had ended before
     */
    @Override
    boolean cancel(boolean mayInterruptIfRunning);

    /**
     * One line on why it is where it is: queued behind what, waiting for which lock, running since when. Asks the task's member,
     * and waits up to 2 seconds for its answer.
     */
    String explain();

    /** The last 64 KiB of what it has printed to {@code System.out} and {@code System.err}, as far as it has arrived. */
    String output();
}
