package org.goaway;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * This process's node of a cluster: starts tasks on its members, hands out their shared objects, knows who is in it.
 *
 * <p>Handles that it hands out belong to it: when it is closed they throw {@link ClusterClosedException}. Making them is
 * local and cheap; two for the same kind and name are equal in effect. Safe for any thread.
 *
 * <p>A node's threads keep its process alive, as those of an executor do: a program whose main method is over runs on until
 * it closes the cluster, best by try-with-resources, or exits.
 *
 * <p>Members come and go while it runs. One that dies, pauses or is cut off is dropped once its lease ({@link
 * ClusterConfig#lease()}) is surely over, and one that was only cut off comes back by itself; what that means for each kind
 * of object, the kinds say.
 */
public interface Cluster extends TaskStarter, AutoCloseable {

    /**
     * Starts a node and returns when its cluster is ready: all expected members in, and agreed on it. For programs that need
     * several clusters; {@link GoAway#init()} is this for the one that {@link GoAway}'s methods mean.
     *
     * <p>With {@code launch("none")} it joins, or forms a cluster with, other processes as their equal.
     *
     * @throws ConfigException if a setting made outside the program is wrong
     * @throws GoAwayException if the cluster does not come about in time, as {@link GoAway#init()} says; nothing is left running
     */
    static Cluster start(ClusterConfig config) {
        return GoAway.start(config);
    }

    /** The cluster's name; clusters of different names never meet. */
    String name();

    /** A new {@link RemoteExecutor} of this cluster's members, whose tasks have no options set. Local and cheap. */
    default RemoteExecutor executor() {
        return executor(TaskOptions.defaults());
    }

    /** A new {@link RemoteExecutor} of this cluster's members, all of whose tasks have these options. Local and cheap. */
    RemoteExecutor executor(TaskOptions options);

    /** The {@link StrictCentralized} object of this name. */
    StrictCentralized strictCentralized(String name);

    /** The {@link LinFastRead} object of this name. */
    LinFastRead linFastRead(String name);

    /** The {@link Weak} object of this name. */
    Weak weak(String name);

    /** The {@link UpdateOnRelease} object of this name. */
    UpdateOnRelease updateOnRelease(String name);

    /** The {@link ClusterLock} of this name. */
    ClusterLock lock(String name);

    /**
     * The {@link ClusterBarrier} of this name, at which so many threads wait for each other.
     *
     * @throws IllegalArgumentException if {@code parties} is less than 1
     */
    ClusterBarrier barrier(String name, int parties);

    /**
     * The {@link ClusterSemaphore} of this name, which is made with so many permits.
     *
     * @throws IllegalArgumentException if {@code permits} is less than 0
     */
    ClusterSemaphore semaphore(String name, int permits);

    /**
     * The {@link ClusterLatch} of this name, which counts down from {@code count}.
     *
     * @throws IllegalArgumentException if {@code count} is less than 0
     */
    ClusterLatch latch(String name, int count);

    /** The {@link ClusterLong} of this name. */
    ClusterLong atomicLong(String name);

    /** The member that this node is. */
    Member self();

    /**
     * The members as this node sees them, the Raft leader first, the others in the order in which they joined. Local; a copy,
     * maybe outdated.
     */
    List<Member> members();

    /**
     * Waits until there are at least {@code count} members, this one included; logs once after 5 seconds which are missing.
     *
     * @throws UnavailableException if they are not there within {@code timeout}; it names those that are
     * @throws GoAwayException if this thread is interrupted; its interrupt flag is set
     */
    void awaitMembers(int count, Duration timeout);

    /**
     * Calls {@code listener} when a member joined, left, or is suspected to, until the registration is closed. On one thread
     * of this node for all listeners, in order; a slow one may miss events, but not the latest.
     */
    Registration onMembership(Consumer<MembershipEvent> listener);

    /**
     * Whether {@link #close()} was called. The loss of other members closes nothing, not even of a majority for good: what needs
     * agreement then ends with {@link UnavailableException} or {@link OutcomeUnknownException}, each call after {@link
     * ClusterConfig#timeout()}.
     */
    boolean isClosed();

    /**
     * Leaves the cluster. Tasks that this process started and that have not ended are interrupted and fail with
     * {@link ClusterClosedException}; the servers that it launched are stopped and their processes ended, with their data;
     * no thread of GoAway stays behind, but those of tasks that do not heed their interrupt within 2 seconds: they are named in a
     * WARN, and keep no process alive. Waits for that, a bounded time. Idempotent; a second caller waits for the first.
     *
     * @throws IllegalStateException in a task, and in the threads and stages that work for it: a task cannot close what it runs on
     */
    @Override
    void close();
}
